// node bench/table.ts [FILE ...]: results of saved runs as a Markdown table, for docs/performance.md.
import { readFileSync } from 'node:fs';
import type { Outcome } from './support/outcome.ts';
import { markdownOf } from './support/table.ts';

type Saved = { runs: { outcomes: Outcome[] }[] };

const files = process.argv.slice(2);
const outcomes = (files.length === 0 ? ['out/bench/latest.json'] : files).flatMap((file) => {
  const { runs } = JSON.parse(readFileSync(file, 'utf8')) as Saved;
  return runs.flatMap((run) => run.outcomes);
});
console.log(markdownOf(outcomes));

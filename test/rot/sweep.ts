// node test/rot/sweep.ts [--flips 1000] [--seed N] [--only FLIP]: bit rot at rest, trial by trial; one flip again with --only.
import { parseArgs } from 'node:util';
import { runSeries } from './series.ts';

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} ${text} is not a whole number above 0`);
  return value;
}

const { values } = parseArgs({
  options: {
    flips: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const seed = wholeNumber('seed', values.seed);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function wanted(): number[] {
  if (values.only !== undefined) return [wholeNumber('only', values.only)];
  return Array.from({ length: wholeNumber('flips', values.flips) }, (_, index) => index + 1);
}

const started_ms = performance.now();
const { flips, counts, words, violations } = runSeries({ seed, flips: wanted(), say });
for (const [word, count] of Object.entries(words).toSorted(([a], [b]) => a.localeCompare(b)))
  say(`  ${word}: ${count}`);
const figures =
  `seed ${seed}, ${flips} flips: ${counts.refused} refused, ${counts.tailLoss} tail loss, ${counts.harmless} harmless, ` +
  `${counts.foundLater} found later by verification, ${violations.length} violations`;
const took_s = Math.round((performance.now() - started_ms) / 1000);
if (violations.length === 0 && flips > 0) say(`ROT OK: ${figures}, ${took_s} s`);
else {
  for (const text of violations)
    say(`again: node test/rot/sweep.ts --seed ${seed} --only ${/^flip (\d+)/.exec(text)?.[1]}`);
  say(`ROT FAILED: ${figures}, ${took_s} s`);
  process.exitCode = 1;
}

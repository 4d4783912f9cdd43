// npm run soak -- [--minutes 30] [--seed N] [--calm] [--keep]: see docs/testing.md. The measures go to .cache/soak/.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runSoak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    calm: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

function numberAbove0(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} ${text} is not a number above 0`);
  return value;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = numberAbove0('seed', values.seed);
const minutes = numberAbove0('minutes', values.minutes);
const directory = mkdtempSync(join(tmpdir(), 'ys-'));
const csvFile = resolve('.cache/soak', `seed-${seed}${values.calm ? '-calm' : ''}.csv`);
say(
  `seed ${seed}: ${minutes} minutes${values.calm ? ', no kills' : ''}; again: npm run soak -- --minutes ${minutes} --seed ${seed}${values.calm ? ' --calm' : ''}`,
);

const result = await runSoak({
  minutes,
  seed,
  isCalm: values.calm,
  directory,
  csvFile,
  pace: { untilZ_ms: [90_000, 180_000], rest_ms: [100, 500] },
  killEvery_ms: [20_000, 40_000],
  say,
});

for (const [what, times] of [...result.tally].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  say(`  ${what}: ${times}`);
say(result.table);
say(`${result.samples} samples in ${csvFile}`);
const grown = result.growths.filter((one) => one.hasGrown).map((one) => one.name);
const isGood = result.problems.length === 0 && grown.length === 0;
for (const problem of result.problems) say(`PROBLEM ${problem}`);
if (values.keep || !isGood) say(`the till's state and the acquirer's ledger are in ${directory}`);
else rmSync(directory, { recursive: true });
const { sold, records, orders, days } = result.totals;
say(
  `SOAK ${isGood ? 'OK' : 'FAILED'}: seed ${seed}, ${minutes} minutes, ${result.kills} kills, ${sold} sales, ${orders} orders at ` +
    `the acquirer, ${days} Z, ${records} records, ${result.problems.length} violations, grown: ${grown.join(', ') || 'nothing'}`,
);
process.exitCode = isGood ? 0 : 1;

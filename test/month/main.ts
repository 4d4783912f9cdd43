// npm run month -- [--days 30] [--sales 500] [--seed N] [--verify] [--keep]
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeDirectory } from './directory.ts';
import { runMonth } from './month.ts';

/** Shorter ones need not have met every fault. */
const WHOLE_sales = 12_000;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} ${text} is not a whole number above 0`);
  return value;
}

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    sales: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    verify: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const days = wholeNumber('days', values.days);
const sales = wholeNumber('sales', values.sales);
const seed = wholeNumber('seed', values.seed);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const directory = makeDirectory();
const started_ms = performance.now();
say(`seed ${seed}: ${days} days x ${sales} sales`);
const result = runMonth({
  days,
  sales,
  seed,
  directory,
  plant: null,
  verify: values.verify || days <= 3,
  everyFault: days * sales >= WHOLE_sales,
  say,
});
if (values.keep) say(`the till's state is in ${directory}`);
else rmSync(directory, { recursive: true });
say('what happened:');
for (const line of result.faults) say(line);
const took_s = Math.round((performance.now() - started_ms) / 1000);
if (result.ok) {
  const { records, orders, net_fen } = result;
  say(
    `MONTH OK: seed ${seed}, ${result.sales} sales, ${orders} orders at the acquirer, ${records} records, ` +
      `net ${(net_fen / 100).toFixed(2)} yuan, ${took_s} s`,
  );
} else {
  say(`MONTH FAILED: seed ${seed}, day ${result.day}: ${result.difference}`);
  process.exitCode = 1;
}

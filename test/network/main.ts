// npm run test:network -- [--lanes 2] [--fault NAME] [--every 1] [--seed N]; one again: --case NAME --seed N
// --idle: how soon an idle till with the product's own timings says what is wrong.
// --plant NAME: with a bug of planted.ts in the core, which must be found.
import { parseArgs } from 'node:util';
import { type Case, cases, idleCases } from './cases.ts';
import { openLane } from './lane.ts';
import { newTally, summary } from './tally.ts';

const { values } = parseArgs({
  options: {
    lanes: { type: 'string', default: '2' },
    fault: { type: 'string' },
    case: { type: 'string' },
    every: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    plant: { type: 'string' },
    idle: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function chosen(): readonly Case[] {
  if (values.case !== undefined) return [...cases, ...idleCases].filter(({ name }) => name === values.case);
  return (values.idle ? idleCases : cases)
    .filter(({ fault }) => values.fault === undefined || fault.name === values.fault)
    .filter((_, index) => index % Number(values.every) === 0);
}

const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed} is not a whole number`);
const tasks = chosen().map((one, index) => ({ one, seed: values.case === undefined ? seed + index : seed }));
if (tasks.length === 0) throw new Error('no such case; --list names them all');
if (values.list) {
  for (const { one } of tasks) say(one.name);
  process.exit(0);
}

say(`seed ${seed}, ${tasks.length} trials`);
const tally = newTally();
const total = tasks.length;
const lanes = await Promise.all(
  Array.from({ length: Math.min(Number(values.lanes), total) }, (_, index) =>
    openLane(seed + index, values.idle ? 'product' : 'quick'),
  ),
);
await Promise.all(
  lanes.map(async (lane) => {
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      const { one } = task;
      const outcome = await lane.run(one, task.seed, values.plant);
      tally.add(one, outcome);
      const word = outcome.problems.length === 0 ? 'ok' : 'BROKEN';
      say(`${tally.trials}/${total} ${one.name} ${word}${outcome.isReached ? '' : ', not reached'}`);
      for (const problem of outcome.problems) say(`  ${problem}`);
      if (outcome.problems.length > 0)
        say(`  again: npm run test:network -- --case ${one.name} --seed ${task.seed}`);
    }
  }),
);
for (const problem of (await Promise.all(lanes.map((lane) => lane.stop()))).flat()) {
  tally.broken += 1;
  say(`BROKEN afterwards: ${problem}`);
}
for (const line of summary(tally)) say(line);
// A fault that waits for a moment which does not come in one trial in ten was tried; where most do not come, nothing was.
const isGood = tally.broken === 0 && tally.reached >= tally.trials * 0.9;
say(`${isGood ? 'NETWORK OK' : 'NETWORK FAILED'}: ${tally.verdict()}`);
process.exit(isGood ? 0 : 1);

// Command: node test/print/sweep.ts [--every 50] [--fault NAME] [--model NAME] [--wire NAME] [--seed N] [--lanes N]
// Every fault at every so many bytes of a receipt, on each printer and wire; then the core killed. docs/printing.md.
import { parseArgs } from 'node:util';
import { everyBytes, nameOf } from './places.ts';
import { openKilledLane } from './killed.ts';
import { allSeries, runSeries, type Series } from './series.ts';
import type { Model } from './struck-printer.ts';
import type { Outcome } from './trial.ts';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '50' },
    fault: { type: 'string' },
    model: { type: 'string' },
    wire: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    lanes: { type: 'string', default: '6' },
  },
});
const seed = Number(values.seed);
const step_bytes = Number(values.every);
/** A receipt is about so long; a kill behind its end is one between the last byte and the commit. */
const KILLED_bytes = 1300;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const isChosen = (given: string | undefined, name: string): boolean => given === undefined || given === name;

let trials = 0;
const problems: string[] = [];
function note(name: string, place: string, found: readonly string[]): void {
  trials += 1;
  for (const problem of found) {
    problems.push(`${name} at ${place}: ${problem}`);
    say(`  PROBLEM ${name} at ${place}: ${problem}`);
  }
}

function summary(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { proofs } of outcomes) {
    const way = proofs.join(' > ');
    counts.set(way, (counts.get(way) ?? 0) + 1);
  }
  return [...counts].map(([way, count]) => `${way} ${count}`).join(', ');
}

async function lane(waiting: Series[]): Promise<void> {
  for (let series = waiting.shift(); series !== undefined; series = waiting.shift()) {
    const name = nameOf(series);
    const outcomes = await runSeries(series, { places: everyBytes(step_bytes), seed });
    for (const { trial, problems: found } of outcomes) note(name, `${trial.at_bytes}`, found);
    say(`${name}: ${summary(outcomes)}`);
  }
}

async function killed(model: Exclude<Model, 'silent'>): Promise<void> {
  const name = `killed ${model} tcp`;
  const opened = await openKilledLane(model);
  try {
    for (const at_bytes of everyBytes(step_bytes)(KILLED_bytes)) {
      for (const isCut of [true, false])
        note(name, `${at_bytes}${isCut ? ', cut' : ''}`, await opened.run([{ at_bytes, isCut }]));
      const again = { at_bytes: KILLED_bytes - at_bytes, isCut: true };
      note(name, `${at_bytes}, twice`, await opened.run([{ at_bytes, isCut: true }, again]));
    }
  } finally {
    await opened.stop();
  }
  say(`${name}: done`);
}

say(`seed ${seed}, every ${step_bytes} bytes`);
const chosen = allSeries().filter(
  ({ fault, model, wire }) =>
    isChosen(values.fault, fault) && isChosen(values.model, model) && isChosen(values.wire, wire),
);
await Promise.all(Array.from({ length: Number(values.lanes) }, () => lane(chosen)));
if (isChosen(values.fault, 'killed') && isChosen(values.wire, 'tcp'))
  for (const model of ['generic80', 'epson80', 'generic58'] as const)
    if (isChosen(values.model, model)) await killed(model);
say(
  problems.length === 0
    ? `PRINT OK: ${trials} trials`
    : `PRINT FAILED: ${problems.length} of ${trials} trials`,
);
// the engine's clock has timers left, which nobody waits for
process.exit(problems.length === 0 ? 0 : 1);

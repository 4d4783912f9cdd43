// Days of the real core in a world that fails, one for each seed.
//   npm run sim -- --seeds 1..1000 [--workers 2] [--twice] [--marks]     many days, and what they come to
//   npm run sim -- --seed 80                                             one day as a story
// SIGINT or SIGTERM: no further seed begins; the figures are those of the seeds up to the one that it names.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FULL_seeds, LEAST_hits, marks } from './marks.ts';
import { runSeed } from './run.ts';
import { type SeedLine, Tally } from './tally.ts';
import type { Task } from './worker.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    /** Every seed twice, not every hundredth. */
    twice: { type: 'boolean', default: false },
    marks: { type: 'boolean', default: false },
  },
});

const TWICE_every = 100;
const SHOWN_violations = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function rangeOf(text: string): { from: number; to: number } {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || from > to) throw new Error(`--seeds ${text}: give a range such as 1..100`);
  return { from, to };
}

function tell(line: SeedLine): void {
  if (line.violation === null) return;
  say(`BROKEN seed ${line.seed}: ${line.violation.detail.slice(0, 500)}`);
  say(`  replay: npm run sim -- --seed ${line.seed}`);
}

/** All seeds of the range, each in one of the worker processes. */
async function runAll({ from, to }: { from: number; to: number }, workers: number): Promise<Tally> {
  const tally = new Tally();
  let next = from;
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    say(`stopped after seed ${next - 1}`);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let reported_ms = performance.now();
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'worker.ts'), {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      let running: number | null = null;
      child.on('message', (message: SeedLine | 'ready') => {
        if (message !== 'ready') {
          tally.take(message);
          if (tally.broken.length <= SHOWN_violations) tell(message);
        }
        if (performance.now() - reported_ms > 60_000) {
          reported_ms = performance.now();
          say(`... ${tally.seeds} of ${to - from + 1} seeds, ${tally.broken.length} broken`);
        }
        if (isStopping || next > to) {
          child.disconnect();
          return;
        }
        running = next;
        next += 1;
        const task: Task = { seed: running, isTwice: values.twice || running % TWICE_every === 0 };
        child.send(task);
      });
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`the worker of seed ${running} ended with ${code}`)),
      );
    });
  await Promise.all(Array.from({ length: workers }, work));
  return tally;
}

function report(tally: Tally, took_s: number, workers: number): boolean {
  const perCore = tally.payments / took_s / workers;
  const faults = ['line', 'host', 'disk', 'kill', 'scanner', 'printer', 'clock'] as const;
  for (const section of [...faults, 'person', 'refusal', 'exception', 'giveBack', 'presented', 'payment'])
    say(`${section}: ${tally.section(section)}`);
  const missing = marks.filter((mark) => (tally.counts.get(mark) ?? 0) < LEAST_hits);
  const mustMark = values.marks || tally.seeds >= FULL_seeds;
  say(`marks: ${marks.length - missing.length} of ${marks.length} rare paths at least ${LEAST_hits} times`);
  if (missing.length > 0)
    say(`  fewer: ${missing.map((mark) => `${mark} ${tally.counts.get(mark) ?? 0}`).join(' · ')}`);
  if (tally.unstable.length > 0) say(`NOT REPEATABLE: seeds ${tally.unstable.join()}`);
  const isOk = tally.broken.length === 0 && tally.unstable.length === 0 && !(mustMark && missing.length > 0);
  const faultSum = faults.reduce((sum, section) => sum + tally.sum(section), 0);
  say(
    `${isOk ? 'SIM OK' : 'SIM FAILED'}: ${tally.seeds} seeds, ${tally.broken.length} violations, ${tally.payments} payments, ` +
      `${tally.records} records, ${Math.round(tally.simulated_ms / 3_600_000)} simulated hours, ${faultSum} faults, ` +
      `${Math.round(took_s)} s on ${workers} workers, ${perCore.toFixed(0)} payments a second and worker`,
  );
  return isOk;
}

if (values.seed !== undefined) {
  const result = runSeed(Number(values.seed), say);
  say(result.violation === null ? `SEED OK: ${result.seed} ${result.hash}` : `SEED BROKEN: ${result.seed}`);
  if (result.violation !== null) process.exitCode = 1;
} else {
  const started_ms = performance.now();
  const workers = Number(values.workers);
  const tally = await runAll(rangeOf(values.seeds ?? '1..200'), workers);
  if (!report(tally, (performance.now() - started_ms) / 1000, workers)) process.exitCode = 1;
}

// Days of the real core in a world that fails, one for each seed.
//   npm run sim -- --seeds 1..1000 [--workers 2] [--twice] [--marks]     many days, and what they come to
//   npm run sim -- --seeds 1..100000 --keep FILE                         goes on where the file says, if it is of the same version (version.ts)
//   npm run sim -- --seed 80                                             one day as a story
// SIGINT or SIGTERM: no further seed begins; the figures are those of the seeds up to the one that it names.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { faultsIn } from './faults.ts';
import { FULL_seeds, LEAST_hits, marks } from './marks.ts';
import { runSeed } from './run.ts';
import { keepRun, newRun, type Range, readRun } from './long-run.ts';
import { runSeeds } from './many.ts';
import type { SeedLine, Tally } from './tally.ts';
import { versionOfDay } from './version.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    /** Every seed twice, not every hundredth. */
    twice: { type: 'boolean', default: false },
    marks: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
});

const SHOWN_violations = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function rangeOf(text: string): Range {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || from > to) throw new Error(`--seeds ${text}: give a range such as 1..100`);
  return { from, to };
}

function tell({ seed, violation }: SeedLine, { broken }: Tally): void {
  if (violation === null || broken.length > SHOWN_violations) return;
  say(`BROKEN seed ${seed}: ${violation.detail.slice(0, 500)}`);
  say(`  replay: npm run sim -- --seed ${seed}`);
}

/** Whole or in parts. True: nothing was broken, and all of it is done. */
async function runMany(range: Range): Promise<boolean> {
  const { keep, twice } = values;
  const workers = Number(values.workers);
  const version = versionOfDay();
  const run = keep === undefined ? newRun(range, version) : readRun(keep, range, version);
  if (run.tally.seeds > 0) say(`goes on: ${run.tally.seeds} seeds in ${Math.round(run.took_s)} s before`);
  await runSeeds(run, {
    workers,
    twice,
    say,
    tell,
    keep: () => keep !== undefined && keepRun(keep, run),
  });
  const isOk = report(run.tally, run.took_s, workers);
  const { seeds } = run.tally;
  const isWhole = keep === undefined || seeds > range.to - range.from;
  if (!isWhole) say(`NOT DONE: ${seeds} of ${range.to - range.from + 1} seeds; the same command goes on`);
  say(`version ${version}`);
  return isOk && isWhole;
}

function report(tally: Tally, took_s: number, workers: number): boolean {
  const perCore = tally.payments / took_s / workers;
  const sections = [
    'line',
    'host',
    'disk',
    'kill',
    'scanner',
    'printer',
    'clock',
    'person',
    'restore',
    'refusal',
  ];
  for (const section of [...sections, 'exception', 'giveBack', 'presented', 'payment', 'z'])
    say(`${section}: ${tally.section(section)}`);
  say(`days: ${tally.seeds}, ${tally.shortDays} of them with fewer than 20 requests to pay`);
  const missing = marks.filter((mark) => (tally.counts.get(mark) ?? 0) < LEAST_hits);
  const mustMark = values.marks || tally.seeds >= FULL_seeds;
  say(`marks: ${marks.length - missing.length} of ${marks.length} rare paths at least ${LEAST_hits} times`);
  const told = (names: readonly string[]) =>
    names.map((name) => `${name} ${tally.counts.get(name) ?? 0}`).join(' · ');
  if (mustMark) say(`  all: ${told(marks)}`);
  if (missing.length > 0) say(`  fewer: ${told(missing)}`);
  if (tally.unstable.length > 0) say(`NOT REPEATABLE: seeds ${tally.unstable.join()}`);
  const isOk = tally.broken.length === 0 && tally.unstable.length === 0 && !(mustMark && missing.length > 0);
  const { kinds, count } = faultsIn(tally);
  say(
    `${isOk ? 'SIM OK' : 'SIM FAILED'}: ${tally.seeds} seeds, ${tally.broken.length} violations, ${tally.payments} payments, ` +
      `${tally.records} records, ${Math.round(tally.simulated_ms / 3_600_000)} simulated hours, ${count} faults of ${kinds} kinds, ` +
      `${Math.round(took_s)} s on ${workers} workers, ${perCore.toFixed(0)} payments a second and worker`,
  );
  return isOk;
}

if (values.seed !== undefined) {
  const result = runSeed(Number(values.seed), say);
  say(result.violation === null ? `SEED OK: ${result.seed} ${result.hash}` : `SEED BROKEN: ${result.seed}`);
  if (result.violation !== null) process.exitCode = 1;
} else if (!(await runMany(rangeOf(values.seeds ?? '1..200')))) process.exitCode = 1;

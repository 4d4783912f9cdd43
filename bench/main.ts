// npm run bench [-- --only NAME,NAME] [--gate] [--list] [--quick] [--seed N] [--directory DIR] [--patience S] [--profile DIR]
// All measurements, one after the other; a table, and the same as JSON. Exit code 0: done, 1: a goal was missed (only with
// --gate), 2: a measurement failed, 3: the machine was too noisy.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measures } from './measures.ts';
import { awaitQuiet, benchDirectory, machineLine } from './support/machine.ts';
import type { Context, Measure } from './support/measure.ts';
import { openNoise, QUIET_sync_ms } from './support/noise.ts';
import type { Outcome } from './support/outcome.ts';
import { show } from './support/figures.ts';
import { tableOf } from './support/table.ts';
import { runTrial, type TrialOptions } from './support/trial.ts';

const EXIT_MISSED = 1;
const EXIT_FAILED = 2;
const EXIT_NOISY = 3;
const THROWN_limit = 3;
const QUICK_rounds = 3;
const RESULT_FILE = 'out/bench/latest.json';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    directory: { type: 'string', default: '.cache' },
    patience: { type: 'string', default: '60' },
    profile: { type: 'string' },
  },
});

/** `thrown`: runs that were thrown away, by the raw sync's median of each. */
type Run = { measure: string; rawSync_ms: number; took_s: number; thrown: number[]; outcomes: Outcome[] };

function wanted(): readonly Measure[] {
  if (values.only === undefined) return measures;
  const names = values.only.split(',');
  const unknown = names.filter((name) => !measures.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`no such measurement: ${unknown.join(', ')} (see --list)`);
  return measures.filter(({ name }) => names.includes(name));
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** With --profile each trial leaves a processor profile there. */
function profiled(options: TrialOptions): TrialOptions {
  if (values.profile === undefined) return options;
  const flags = ['--cpu-prof', '--cpu-prof-dir', resolve(values.profile)];
  return { ...options, nodeFlags: [...(options.nodeFlags ?? []), ...flags] };
}

/** One run of a measurement, with the raw sync's median around it. */
async function runOnce(measure: Measure): Promise<{ outcomes: Outcome[]; rawSync_ms: number }> {
  const directory = benchDirectory(values.directory, measure.name);
  const noise = openNoise(directory);
  const context: Context = {
    directory,
    rounds: (full) => (values.quick ? Math.min(full, QUICK_rounds) : full),
    isQuick: values.quick,
    seed: Number(values.seed),
    sampleNoise: noise.sample,
    say,
    trial: async <Result>(name: string, input: object, options = {}) => {
      noise.sample();
      const result = await runTrial(name, input, profiled(options));
      noise.sample();
      return result as Result;
    },
  };
  try {
    noise.sample();
    const outcomes = await measure.run(context);
    noise.sample();
    return { outcomes, rawSync_ms: noise.take_ms() };
  } finally {
    noise.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Null: three runs were thrown away. */
async function runQuietly(measure: Measure): Promise<Run | null> {
  const thrown: number[] = [];
  while (thrown.length < THROWN_limit) {
    say(`${measure.name}: ${measure.what}`);
    if (!values.quick) await awaitQuiet(Number(values.patience), say);
    const started_ms = performance.now();
    const { outcomes, rawSync_ms } = await runOnce(measure);
    const took_s = Math.round((performance.now() - started_ms) / 1000);
    say(`${measure.name}: ${took_s} s, raw fdatasync p50 ${show(rawSync_ms)} ms`);
    if (values.quick || rawSync_ms <= QUIET_sync_ms)
      return { measure: measure.name, rawSync_ms, took_s, thrown, outcomes };
    thrown.push(rawSync_ms);
    say(`${measure.name}: thrown away, above ${QUIET_sync_ms} ms`);
  }
  return null;
}

function save(runs: readonly Run[]): void {
  mkdirSync(dirname(RESULT_FILE), { recursive: true });
  const facts = { at: new Date().toISOString(), machine: machineLine(), isQuick: values.quick };
  writeFileSync(RESULT_FILE, `${JSON.stringify({ ...facts, runs }, null, 2)}\n`);
}

/** The exit code. */
async function runAll(): Promise<number> {
  console.log(machineLine());
  const runs: Run[] = [];
  for (const measure of wanted()) {
    const run = await runQuietly(measure);
    if (run === null) {
      console.log(`NOISY: ${measure.name} was thrown away ${THROWN_limit} times; repeat on a quiet machine`);
      return EXIT_NOISY;
    }
    runs.push(run);
    save(runs);
  }
  const outcomes = runs.flatMap((run) => run.outcomes);
  console.log(tableOf(outcomes));
  const missed = outcomes.filter(({ verdict }) => verdict === 'missed');
  const raw = runs.map(({ measure, rawSync_ms }) => `${measure} ${show(rawSync_ms)}`).join(', ');
  console.log(`raw fdatasync p50, ms: ${raw}`);
  const goals = outcomes.filter(({ goal }) => goal !== null).length;
  const isQuick = values.quick ? ' (--quick: too few rounds to judge by)' : '';
  console.log(`${goals - missed.length} of ${goals} goals met${isQuick}; ${RESULT_FILE}`);
  return values.gate && missed.length > 0 ? EXIT_MISSED : 0;
}

if (values.list) for (const { name, what } of measures) console.log(`${name.padEnd(10)} ${what}`);
else
  process.exitCode = await runAll().catch((error: unknown) => {
    console.error(error);
    return EXIT_FAILED;
  });

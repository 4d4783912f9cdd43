// Does anything grow? Each measure by thirds of the run: the last third's figure may be at most a tenth above the middle one's.
//
// What is fair: a core that has just started is smaller than one of ten minutes. Where cores are killed, only samples of equal
// age are compared: ages are counted in steps of five seconds, each step that both thirds have counts once. Without kills there is
// one life, whose growth with age is the question itself; its first third is the time in which Node's heap finds its size.
// Where the machine became slower between the thirds (its own sync, round trip or work beside the till's, yardstick.ts), so may
// the till. What differs by less than the measure's own grain has not grown.
import { median } from './figures.ts';
import type { Sample } from './sample.ts';

export type Life = { run_s: number; start_ms: number; work_ms: number };

export type Growth = {
  name: string;
  thirds: readonly [first: number, middle: number, last: number];
  /** How much slower the machine became from the middle to the last third; 1 where that does not matter, or faster. */
  machine: number;
  limit: number;
  hasGrown: boolean;
};

type Measure = { name: keyof Sample; grain: number; yardstick: keyof Sample | null };

const measures: readonly Measure[] = [
  { name: 'memory_MB', grain: 1, yardstick: null },
  { name: 'descriptors', grain: 1, yardstick: null },
  { name: 'wal_MB', grain: 0.1, yardstick: null },
  { name: 'lag_ms', grain: 0.3, yardstick: 'roundTrip_ms' },
  { name: 'commit_p99_ms', grain: 1, yardstick: 'sync_ms' },
];

/**
 * Shown, and for whoever looks for the cause. The journal is meant to grow. The slowest answer is mostly the wait for a commit, and
 * on a busy machine for a processor, which no yardstick here tells apart.
 */
const shownOnly: readonly Measure[] = [
  { name: 'lagWorst_ms', grain: 1, yardstick: null },
  { name: 'heap_MB', grain: 1, yardstick: null },
  { name: 'outsideHeap_MB', grain: 1, yardstick: null },
  { name: 'journal_MB', grain: 1, yardstick: null },
];

const TOLERANCE = 1.1;
const AGE_STEP_s = 5;
const LEAST_samples = 3;

function inThirds<One extends { run_s: number }>(all: readonly One[]): readonly [One[], One[], One[]] {
  const end_s = Math.max(...all.map((one) => one.run_s)) + 0.001;
  const third = (index: number) => all.filter((one) => Math.floor((one.run_s / end_s) * 3) === index);
  return [third(0), third(1), third(2)];
}

function valuesOf(samples: readonly Sample[], name: keyof Sample): number[] {
  return samples.flatMap((sample) => sample[name] ?? []);
}

function byAge(samples: readonly Sample[], name: keyof Sample): Map<number, number[]> {
  const steps = new Map<number, number[]>();
  for (const sample of samples) {
    const value = sample[name];
    if (value === null) continue;
    const step = Math.floor(sample.age_s / AGE_STEP_s);
    steps.set(step, [...(steps.get(step) ?? []), value]);
  }
  return steps;
}

/** Each third's figure over the ages that middle and last third have in common. */
function atEqualAge(thirds: readonly Sample[][], name: keyof Sample): [number, number, number] {
  const [first, middle, last] = thirds.map((samples) => byAge(samples, name));
  const isKnown = (third: Map<number, number[]> | undefined, step: number) =>
    (third?.get(step)?.length ?? 0) >= LEAST_samples;
  const common = [...(middle?.keys() ?? [])].filter((step) => isKnown(middle, step) && isKnown(last, step));
  const figure = (third: Map<number, number[]> | undefined) =>
    median(common.flatMap((step) => (third?.has(step) ? [median(third.get(step) ?? [])] : [])));
  return [figure(first), figure(middle), figure(last)];
}

function growthOf(measure: Measure, thirds: readonly Sample[][], isCalm: boolean): Growth {
  const { name, grain, yardstick } = measure;
  const figuresOf = (one: keyof Sample): [number, number, number] => {
    if (!isCalm) return atEqualAge(thirds, one);
    const [first, middle, last] = thirds.map((samples) => median(valuesOf(samples, one)));
    return [first ?? Number.NaN, middle ?? Number.NaN, last ?? Number.NaN];
  };
  const found = figuresOf(name);
  const machine = yardstick === null ? 1 : slower(figuresOf(yardstick));
  return verdictOf({ name, thirds: found, machine }, grain);
}

function slower([, middle, last]: readonly [number, number, number]): number {
  return Math.max(1, last / middle);
}

function verdictOf(found: Pick<Growth, 'name' | 'thirds' | 'machine'>, grain: number): Growth {
  const [, middle, last] = found.thirds;
  const limit = Math.max(middle * TOLERANCE * found.machine, middle + grain);
  // A figure that is not there (NaN) is not below any limit.
  return { ...found, limit, hasGrown: !(last <= limit) };
}

/** What a start costs, in processor time: a longer journal must not make it dearer. */
function startGrowth(lives: readonly Life[]): Growth {
  const thirds = inThirds(lives).map((some) => median(some.map((one) => one.start_ms)));
  const works = inThirds(lives).map((some) => median(some.map((one) => one.work_ms)));
  const triple = (of: number[]): [number, number, number] => [of[0] ?? NaN, of[1] ?? NaN, of[2] ?? NaN];
  const found = {
    name: 'start_ms',
    thirds: triple(thirds),
    machine: slower(triple(works)),
  };
  return verdictOf(found, 50);
}

/** Fewer lives a third say nothing. */
const LEAST_lives = 9;

export function growths(samples: readonly Sample[], lives: readonly Life[], isCalm: boolean): Growth[] {
  const thirds = inThirds(samples);
  const found = measures.map((measure) => growthOf(measure, thirds, isCalm));
  return lives.length < LEAST_lives ? found : [...found, startGrowth(lives)];
}

function row(growth: Growth, isJudged: boolean): string {
  const { name, thirds, machine, limit, hasGrown } = growth;
  const cells = thirds.map((value) => value.toFixed(2).padStart(9)).join(' ');
  const slow = machine === 1 ? '' : `, the machine ${machine.toFixed(2)} x slower`;
  const verdict = isJudged ? `${hasGrown ? 'GROWN' : 'ok'} (limit ${limit.toFixed(2)}${slow})` : 'not judged';
  return `${name.padEnd(24)} ${cells}  ${verdict}`;
}

export function table(
  samples: readonly Sample[],
  found: readonly Growth[],
  isJudged: boolean,
  isCalm: boolean,
): string {
  const thirds = inThirds(samples);
  const head = `${'median of each third'.padEnd(24)} ${['first', 'middle', 'last'].map((name) => name.padStart(9)).join(' ')}`;
  const shown = shownOnly.map((measure) => row(growthOf(measure, thirds, isCalm), false));
  return [head, ...found.map((one) => row(one, isJudged)), ...shown].join('\n');
}

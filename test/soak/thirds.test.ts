// What counts as growth and what does not.
import { expect, it } from 'vitest';
import type { Sample } from './sample.ts';
import { growths, type Life } from './thirds.ts';

const LIFE_s = 30;
const RUN_s = 900;

const steady: Omit<Sample, 'run_s' | 'life' | 'age_s'> = {
  memory_MB: 150,
  heap_MB: 40,
  outsideHeap_MB: 5,
  descriptors: 30,
  wal_MB: 4,
  journal_MB: 10,
  lag_ms: 2,
  lagWorst_ms: 20,
  commit_p99_ms: 20,
  commits: 5,
  roundTrip_ms: 0.1,
  sync_ms: 4,
};

/** A run of lives of half a minute; `change` makes each second's sample what it is. */
function run(
  change: (sample: Sample) => Partial<Sample>,
  ends_s: (life: number) => number = () => LIFE_s,
): Sample[] {
  const samples: Sample[] = [];
  for (let life = 0; samples.length < RUN_s; life += 1) {
    for (let age_s = 0; age_s < ends_s(life) && samples.length < RUN_s; age_s += 1) {
      const sample = { ...steady, run_s: samples.length, life, age_s };
      samples.push({ ...sample, ...change(sample) });
    }
  }
  return samples;
}

const grown = (samples: readonly Sample[], lives: readonly Life[] = [], isCalm = false): string[] =>
  growths(samples, lives, isCalm).flatMap((one) => (one.hasGrown ? [one.name] : []));

it('finds nothing in a steady run', () => {
  expect(grown(run(() => ({})))).toEqual([]);
  expect(
    grown(
      run(() => ({})),
      [],
      true,
    ),
  ).toEqual([]);
});

it.each(['memory_MB', 'descriptors', 'wal_MB', 'lag_ms', 'commit_p99_ms'] as const)(
  'finds what grows: %s',
  (name) => {
    const growing = (sample: Sample) => ({ [name]: (steady[name] ?? 0) * (1 + sample.run_s / RUN_s) });
    expect(grown(run(growing))).toEqual([name]);
    expect(grown(run(growing), [], true)).toEqual([name]);
  },
);

it('compares lives at equal age: longer ones at the end are no growth, a core that is larger at the same age is', () => {
  const endsLater = (life: number) => (life > 15 ? 60 : 20);
  const withAge = (sample: Sample) => ({ memory_MB: 100 + 2 * sample.age_s });
  expect(grown(run(withAge, endsLater))).toEqual([]);
  const withRun = (sample: Sample) => ({ memory_MB: 100 + 2 * sample.age_s + sample.run_s / 10 });
  expect(grown(run(withRun, endsLater))).toEqual(['memory_MB']);
});

it('in a single life, growth with age is growth', () => {
  expect(
    grown(
      run(
        (sample) => ({ memory_MB: 100 + sample.age_s / 5 }),
        () => RUN_s,
      ),
      [],
      true,
    ),
  ).toEqual(['memory_MB']);
});

it('lets the till be slower by as much as the machine, and no more', () => {
  const isLate = (sample: Sample) => sample.run_s > (RUN_s * 2) / 3;
  const both = (sample: Sample) => (isLate(sample) ? { sync_ms: 8, commit_p99_ms: 40 } : {});
  expect(grown(run(both))).toEqual([]);
  const more = (sample: Sample) => (isLate(sample) ? { sync_ms: 8, commit_p99_ms: 50 } : {});
  expect(grown(run(more))).toEqual(['commit_p99_ms']);
  const wrongOne = (sample: Sample) => (isLate(sample) ? { sync_ms: 8, lag_ms: 4 } : {});
  expect(grown(run(wrongOne))).toEqual(['lag_ms']);
});

it('does not call a measure steady that it has not', () => {
  expect(grown(run(() => ({ commit_p99_ms: null })))).toEqual(['commit_p99_ms']);
});

it('finds a start that becomes dearer with the journal', () => {
  const lives = (dearer_ms: number) =>
    Array.from(
      { length: 30 },
      (_, life): Life => ({ run_s: life * LIFE_s, start_ms: 500 + dearer_ms * life, work_ms: 20 }),
    );
  expect(
    grown(
      run(() => ({})),
      lives(0),
    ),
  ).toEqual([]);
  expect(
    grown(
      run(() => ({})),
      lives(20),
    ),
  ).toEqual(['start_ms']);
});

// A sample of the simulation, other seeds with each commit: every promise kept, the same story twice. The whole: `npm run sim`.
import { describe, expect, it } from 'vitest';
import { seedOfCommit } from '../../commit-seed.ts';
import { runSeed } from './run.ts';

const LIMIT_ms = 240_000;
const first = 200_000 + seedOfCommit() * 25;
const seeds = Array.from({ length: 25 }, (_, at) => first + at);

describe(`seeds ${first}..${first + seeds.length - 1}`, () => {
  it('keep every promise', { timeout: LIMIT_ms }, () => {
    const broken = seeds.map((seed) => runSeed(seed)).filter((one) => one.violation !== null);
    expect(
      broken.map(({ seed, violation }) => `npm run sim -- --seed ${seed}: ${violation?.detail}`),
    ).toEqual([]);
  });

  it('tell the same story when they are run again', { timeout: LIMIT_ms }, () => {
    const twice = seeds.slice(0, 3).map((seed) => [runSeed(seed).hash, runSeed(seed).hash]);
    for (const [one, other] of twice) expect(one).toBe(other);
    expect(new Set(twice.map(([one]) => one)).size).toBe(twice.length);
  });
});

// Bit rot in short: some flips of this commit's seed, and tills made blind on purpose, which the trial must notice.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { runSeries } from './series.ts';

const FLIPS = 30;
const FIXED_seed = 1;

/** Another seed for each commit, the same for each run of it. */
function commitSeed(): number {
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' });
    return Number.parseInt(commit.slice(0, 7), 16);
  } catch (error) {
    if (error instanceof Error) return FIXED_seed;
    throw error;
  }
}

const said: string[] = [];
const say = (line: string) => said.push(line);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('every flip ends in a refusal with a way back, a named loss, nothing at all, or a verification that finds it', {
  timeout: 120_000,
}, () => {
  const seed = commitSeed();
  console.info(`seed ${seed}: node test/rot/sweep.ts --seed ${seed} --flips ${FLIPS}`);
  const series = runSeries({ seed, flips: upTo(FLIPS), plant: null, say });
  expect(series.violations).toEqual([]);
  expect(series.flips).toBe(FLIPS);
});

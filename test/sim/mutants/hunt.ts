// Lives through seeds until one breaks a promise. A thrown error is a catch only where the mutant says that an assert is meant to stop it.
import { runSeed } from '../day/run.ts';
import type { Mutant } from './mutant.ts';

export type Hunt = {
  caught: { invariant: string; seed: number; detail: string } | null;
  /** Seeds lived through, the catching one with them. */
  seeds: number;
  /** Seeds that ended in an error which counts for nothing, and the first of these errors. */
  strays: number;
  stray: string | null;
};

export function hunt({ byAssert }: Pick<Mutant, 'byAssert'>, seeds: readonly number[]): Hunt {
  const found: Hunt = { caught: null, seeds: 0, strays: 0, stray: null };
  for (const seed of seeds) {
    const { violation } = runSeed(seed);
    found.seeds += 1;
    if (violation === null) continue;
    const { invariant, detail } = violation;
    const isCatch = invariant !== 'noDefect' || (byAssert !== undefined && detail.includes(byAssert));
    if (isCatch) return { ...found, caught: { invariant, seed, detail: detail.slice(0, 300) } };
    found.strays += 1;
    found.stray ??= `seed ${seed}: ${detail.slice(0, 600)}`;
  }
  return found;
}

// The days on which mutants are hunted.
import { planFor } from '../day/plan.ts';
import type { Mutant } from './mutant.ts';

/** One day in ten is restored: of so many times the seeds there are enough. */
const MORE_times = 3;

export function restoredSeeds(seeds: readonly number[]): number[] {
  const more = Math.max(...seeds) * MORE_times;
  return Array.from({ length: more }, (_, at) => at + 1).filter((seed) => planFor(seed).restore !== null);
}

export function daysOf({ days }: Pick<Mutant, 'days'>, seeds: readonly number[]): readonly number[] {
  return days === 'restored' ? restoredSeeds(seeds) : seeds;
}

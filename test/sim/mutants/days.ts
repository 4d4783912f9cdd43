// The days on which mutants are hunted.
import { type Plan, planFor } from '../day/plan.ts';
import type { Mutant } from './mutant.ts';

/** One day in ten is restored: of so many times the seeds there are enough. */
const MORE_times = 3;
const HOUR_ms = 3_600_000;

const isOf: Readonly<Record<NonNullable<Mutant['days']>, (plan: Plan) => boolean>> = {
  restored: ({ restore }) => restore !== null,
  setAhead: ({ clockSteps, offlineMode }) =>
    offlineMode === 'queue' && clockSteps.some(({ by_ms }) => by_ms > 12 * HOUR_ms),
};

/** Of more seeds than these. */
export function rareSeeds(days: NonNullable<Mutant['days']>, seeds: readonly number[]): number[] {
  const more = Math.max(...seeds) * MORE_times;
  return Array.from({ length: more }, (_, at) => at + 1).filter((seed) => isOf[days](planFor(seed)));
}

export function daysOf({ days }: Pick<Mutant, 'days'>, seeds: readonly number[]): readonly number[] {
  return days === undefined ? seeds : rareSeeds(days, seeds);
}

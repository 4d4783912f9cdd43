// The sums of a sweep: how many trials, what they met, and how soon the screen said why.
import type { Case } from './cases.ts';
import type { Outcome } from './trial.ts';

/** How soon the screen named the layer, and how soon it was online again. */
type Told = Pick<Outcome, 'namedAfter_ms' | 'backAfter_ms'>;

export type Tally = {
  trials: number;
  reached: number;
  broken: number;
  add(one: Case, outcome: Outcome): void;
  verdict(): string;
  readonly told: ReadonlyMap<string, readonly Told[]>;
  readonly states: ReadonlySet<string>;
};

export function newTally(): Tally {
  const sums = { payments: 0, giveBacks: 0, snapshots: 0, tooLate: 0 };
  const told = new Map<string, Told[]>();
  const states = new Set<string>();
  const started_ms = performance.now();
  const tally: Tally = {
    trials: 0,
    reached: 0,
    broken: 0,
    told,
    states,
    add: (one, outcome) => {
      tally.trials += 1;
      if (outcome.isReached) tally.reached += 1;
      if (outcome.problems.length > 0) tally.broken += 1;
      for (const key of ['payments', 'giveBacks', 'snapshots', 'tooLate'] as const) sums[key] += outcome[key];
      for (const state of outcome.states) states.add(state);
      const { namedAfter_ms, backAfter_ms } = outcome;
      if (one.fault.layers === undefined || namedAfter_ms === null) return;
      told.set(one.fault.name, [...(told.get(one.fault.name) ?? []), { namedAfter_ms, backAfter_ms }]);
    },
    verdict: () => {
      const minutes = ((performance.now() - started_ms) / 60_000).toFixed(1);
      const { payments, giveBacks, snapshots, tooLate } = sums;
      return (
        `${tally.trials} trials, ${tally.trials - tally.reached} not reached, ${tally.broken} broken promises, ` +
        `${payments} payments, ${giveBacks} give-backs, ${snapshots} screens, ${tooLate} payments arrived after their reversal, ${minutes} min`
      );
    },
  };
  return tally;
}

function middleAndLongest(times_ms: readonly (number | null)[]): string {
  const sorted = times_ms.filter((time_ms) => time_ms !== null).toSorted((one, other) => one - other);
  return `${sorted[Math.floor(sorted.length / 2)] ?? '?'} ms, longest ${sorted.at(-1) ?? '?'} ms`;
}

/** How soon the cause was on the screen, fault by fault (the middle of all), and which states of payments were seen. */
export function summary({ told, states }: Tally): string[] {
  const rows = [...told].map(([fault, all]) => {
    const named = middleAndLongest(all.map((one) => one.namedAfter_ms));
    const back = middleAndLongest(all.map((one) => one.backAfter_ms));
    return `${fault}: its cause on the screen after ${named}; online again after ${back} (${all.length} trials)`;
  });
  return [...rows, `states seen: ${[...states].toSorted().join(' ')}`];
}

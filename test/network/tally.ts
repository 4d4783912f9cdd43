// The sums of a sweep: how many trials, what they met, and how soon the screen said why.
import type { Case } from './cases.ts';
import type { Outcome } from './trial.ts';

export type Tally = {
  trials: number;
  reached: number;
  broken: number;
  /** Payments that arrived after their reversal. */
  tooLate: number;
  add(one: Case, outcome: Outcome): void;
  verdict(): string;
  readonly named: ReadonlyMap<string, readonly number[]>;
  readonly states: ReadonlySet<string>;
};

export function newTally(): Tally {
  const sums = { payments: 0, giveBacks: 0, snapshots: 0 };
  const named = new Map<string, number[]>();
  const states = new Set<string>();
  const started_ms = performance.now();
  const tally: Tally = {
    trials: 0,
    reached: 0,
    broken: 0,
    tooLate: 0,
    named,
    states,
    add: (one, outcome) => {
      tally.trials += 1;
      if (outcome.isReached) tally.reached += 1;
      if (outcome.problems.length > 0) tally.broken += 1;
      for (const key of ['payments', 'giveBacks', 'snapshots'] as const) sums[key] += outcome[key];
      for (const state of outcome.states) states.add(state);
      const { namedAfter_ms } = outcome;
      if (one.fault.layers === undefined || namedAfter_ms === null) return;
      named.set(one.fault.name, [...(named.get(one.fault.name) ?? []), namedAfter_ms]);
    },
    verdict: () => {
      const minutes = ((performance.now() - started_ms) / 60_000).toFixed(1);
      const { payments, giveBacks, snapshots } = sums;
      return (
        `${tally.trials} trials, ${tally.trials - tally.reached} not reached, ${tally.broken} broken promises, ` +
        `${payments} payments, ${giveBacks} give-backs, ${snapshots} screens, ${tally.tooLate} payments arrived after their reversal, ${minutes} min`
      );
    },
  };
  return tally;
}

/** How soon the cause was on the screen, fault by fault, and which states of payments were seen. */
export function summary({ named, states }: Tally): string[] {
  const rows = [...named].map(([fault, times_ms]) => {
    const sorted = times_ms.toSorted((one, other) => one - other);
    const middle_ms = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return `cause on the screen, ${fault}: median ${middle_ms} ms, longest ${sorted.at(-1) ?? 0} ms (${sorted.length})`;
  });
  return [...rows, `states seen: ${[...states].toSorted().join(' ')}`];
}

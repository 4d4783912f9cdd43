// Wrong tills: the right one, blind for one moment to what is still unproven.
import { isBlocking } from '../../core/domain/till/queries.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { Attempt, TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import { properties } from './properties.ts';
import type { Transition } from './sale-search.ts';

export type PlantedSaleBug = { name: string; property: string; run: Transition };

export function mapAttempts(state: TillState, change: (attempt: Attempt) => Attempt): TillState {
  const entries = Object.entries(state.attempts).map(
    ([attemptId, attempt]) => [attemptId, change(attempt)] as const,
  );
  return { ...state, attempts: Object.fromEntries(entries) };
}

/** For this kind of event, unproven attempts look as if nothing had been sent. */
export function blindFor(kind: TillEvent['kind']): Transition {
  return (state, event, surroundings) => {
    if (event.kind !== kind) return transition(state, event, surroundings);
    const masked = mapAttempts(state, (attempt) =>
      isBlocking(attempt)
        ? { ...attempt, machine: { deferred: false, state: { kind: 'notSent', cause: 'BUG' }, due: null } }
        : attempt,
    );
    const result = transition(masked, event, surroundings);
    if (result.refusal !== null) return result;
    const restored = mapAttempts(result.state, (attempt) => {
      const before = state.attempts[attempt.attemptId];
      return before && isBlocking(before) ? before : attempt;
    });
    return { ...result, state: restored };
  };
}

export const plantedSaleBugs: readonly PlantedSaleBug[] = [
  {
    name: 'a second code is taken while the first payment is unproven',
    property: properties.oneCharge,
    run: blindFor('codeScanned'),
  },
  {
    name: 'the sale can be dropped while a payment is unproven',
    property: properties.droppedMeansFree,
    run: blindFor('saleCancelled'),
  },
  {
    name: 'the goods can be changed while a payment is unproven',
    property: properties.droppedMeansFree,
    run: blindFor('backToGoods'),
  },
];

// How a restore from a backup, and the end of its quarantine, change the state.
import { rebasedCounter } from '../ids.ts';
import type { BodyOf } from '../records.ts';
import type { Counters, TillState } from '../state.ts';

/** Counters that are printed without the epoch; the others stand in ids that have it. */
const papers = ['receipt', 'return', 'cashMove', 'shift'] as const satisfies (keyof Counters)[];

function rebasedCounters(counters: Counters, epoch: number): Counters {
  const printed = papers.map((name) => [name, rebasedCounter(counters[name], epoch, 'papers')]);
  return { ...counters, ...Object.fromEntries(printed), x: rebasedCounter(counters.x, epoch, 'reports') };
}

/** Nobody is signed in: whoever was, was so before the lost time. */
export function tillRestored(state: TillState, body: BodyOf<'till.restored'>): TillState {
  const { epoch, backup, lost, at_ms } = body;
  const lostSequence = lost?.sequence ?? null;
  const zNumber = rebasedCounter(state.period.zNumber, epoch, 'reports');
  return {
    ...state,
    epoch,
    counters: rebasedCounters(state.counters, epoch),
    period: { ...state.period, zNumber },
    operatorId: null,
    restored: { epoch, sequence: backup.sequence, lostSequence, at_ms, isAsked: false, confirmed: null },
  };
}

/** Its commit asks about everything that was open in the backup. */
export function coreStarted(state: TillState): TillState {
  if (state.restored === undefined || state.restored.isAsked) return state;
  return { ...state, restored: { ...state.restored, isAsked: true } };
}

export function restoreConfirmed(state: TillState, body: BodyOf<'restore.confirmed'>): TillState {
  return state.restored === undefined
    ? state
    : { ...state, restored: { ...state.restored, confirmed: body } };
}

/** A Z has told it, and nothing of it is open: the next period knows nothing of it. */
export function forgetConfirmed(state: TillState): TillState {
  if (state.restored === undefined || state.restored.confirmed === null) return state;
  const { restored: _, ...rest } = state;
  return rest;
}

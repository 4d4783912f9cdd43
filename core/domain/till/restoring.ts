// A restore from a backup, and the end of its quarantine (docs/adr/0012-restore.md). Pure.
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { epochOf } from './ids.ts';
import type { Attempt, TillState } from './state.ts';

/** Nobody has confirmed yet what became of the lost time. */
export function isQuarantined(state: TillState): boolean {
  return state.restored !== undefined && state.restored.confirmed === null;
}

/** `id`: of a sale or a give-back. What was promised or sold before the restore may have been given back in the lost time: nothing of it is given now. */
export function isOfLostTime(state: TillState, id: string): boolean {
  return isQuarantined(state) && epochOf(id) < state.epoch;
}

/**
 * `id`: of a give-back or an attempt. Opened before a restore, and not since: in the lost time its money may have gone back by another one, or in cash. No
 * confirmation says that of each, so it is asked about and never sent again by itself.
 */
export function isFromBackup(state: TillState, id: string): boolean {
  return epochOf(id) < state.epoch;
}

/**
 * In doubt since before the restore, and the acquirer may know it: approved or queued in the lost time its goods have left. Until somebody
 * has compared the lost time it is not given up.
 */
export function isDoubtOfLostTime(state: TillState, { attemptId, machine }: Attempt): boolean {
  return 'restored' in machine.state && isOfLostTime(state, attemptId);
}

export function restored(state: TillState, event: Extract<TillEvent, { kind: 'restored' }>): Transition {
  const { kind: _, ...body } = event;
  const draft = draftFrom(state);
  draft.record({ type: 'till.restored', body });
  return draft.done();
}

export function restoreConfirmed(
  state: TillState,
  event: Extract<TillEvent, { kind: 'restoreConfirmed' }>,
  surroundings: Surroundings,
): Transition {
  if (!isQuarantined(state)) return refuse(state, 'E-RST-01');
  const { operatorId, reason } = event;
  const draft = draftFrom(state);
  draft.record({ type: 'restore.confirmed', body: { operatorId, reason, at_ms: surroundings.now_ms } });
  return draft.done();
}

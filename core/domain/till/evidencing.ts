// The evidence slip: what was known of a payment when its customer asked, kept and printed. It changes no figure. Pure.
import { evidenceOf } from '../evidence/evidence.ts';
import { own } from '../own.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf } from './ids.ts';
import { isSlipWaiting } from './queries.ts';
import type { TillState } from './state.ts';

export function evidenceAsked(
  state: TillState,
  { attemptId, operatorId }: Extract<TillEvent, { kind: 'evidenceAsked' }>,
  surroundings: Surroundings,
): Transition {
  const attempt = own(state.attempts, attemptId);
  if (!attempt) return refuse(state, 'E-PAY-17');
  if (isSlipWaiting(state, 'evidence')) return refuse(state, 'E-PRN-10');
  const evidenceId = idOf('V', state, state.sequence + 1);
  const evidence = evidenceOf(state, attempt);
  const draft = draftFrom(state);
  draft.record({
    type: 'evidence.given',
    body: {
      receiptId: evidenceId,
      given: { evidenceId, at_ms: surroundings.now_ms, operatorId, evidence },
    },
  });
  draft.effect({ kind: 'print', receiptId: evidenceId, copy: 0 });
  return draft.done();
}

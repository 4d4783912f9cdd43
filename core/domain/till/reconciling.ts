// A compared bill, kept and printed; and the differences that a person has dealt with. Neither changes a figure of the till, but that a bill on
// which a payment in dispute, or a code that is being closed, was charged and went back is its end, and so is the word of the acquirer's office. Pure.
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf } from './ids.ts';
import { movePayment } from './payments.ts';
import type { Attempt, TillState } from './state.ts';

export function billCompared(
  state: TillState,
  { comparison, operatorId }: { comparison: BillComparison; operatorId: string },
  { now_ms }: Surroundings,
): Transition {
  const reconciliationId = idOf('B', state, state.sequence + 1);
  const draft = draftFrom(state);
  draft.record({
    type: 'bill.compared',
    body: { receiptId: reconciliationId, taken: { reconciliationId, at_ms: now_ms, operatorId, comparison } },
  });
  draft.effect({ kind: 'print', receiptId: reconciliationId, copy: 0 });
  return draft.done();
}

/** In dispute or being closed here. That no line of the bill names it proves nothing. */
function openHere(state: TillState, orderNumber: string): Attempt | undefined {
  const found = Object.values(state.attempts).find((one) => one.orderNumber === orderNumber);
  const kind = found?.machine.state.kind;
  return kind === 'disputed' || kind === 'closing' ? found : undefined;
}

export function findingSettled(
  state: TillState,
  event: Extract<TillEvent, { kind: 'findingSettled' }>,
  surroundings: Surroundings,
): Transition {
  const { finding, isReturnedThere, isConfirmed, reason, operatorId, approverId } = event;
  const isCleared = isReturnedThere === true || isConfirmed === true;
  const open = isCleared ? openHere(state, finding.orderNumber) : undefined;
  if (isConfirmed === true && open === undefined) return refuse(state, 'E-BILL-11');
  const confirmed = isConfirmed === true ? ({ confirmed: true } as const) : {};
  const adjustment: Adjustment = {
    ...finding,
    adjustmentId: idOf('J', state, state.sequence + 1),
    reason,
    operatorId,
    approverId,
    at_ms: surroundings.now_ms,
    ...confirmed,
  };
  const draft = draftFrom(state);
  draft.record({ type: 'finding.settled', body: { adjustment } });
  if (open !== undefined)
    movePayment(draft, open.attemptId, { kind: 'billClears', ...confirmed }, surroundings);
  return draft.done();
}

// A compared bill, kept and printed; and the differences that a person has dealt with. Neither changes a figure of the till, but that a bill on
// which a payment in dispute, or a code that is being closed, was charged and went back is its end. Pure.
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { draftFrom, type Transition } from './draft.ts';
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

/** In dispute or being closed here, and the acquirer's own bill shows that it was charged and went back. That no line names it proves nothing. */
function clearedBy(state: TillState, orderNumber: string): Attempt | undefined {
  const found = Object.values(state.attempts).find((one) => one.orderNumber === orderNumber);
  const kind = found?.machine.state.kind;
  return kind === 'disputed' || kind === 'closing' ? found : undefined;
}

export function findingSettled(
  state: TillState,
  {
    finding,
    isReturnedThere,
    reason,
    operatorId,
    approverId,
  }: Extract<TillEvent, { kind: 'findingSettled' }>,
  surroundings: Surroundings,
): Transition {
  const adjustmentId = idOf('J', state, state.sequence + 1);
  const adjustment: Adjustment = {
    ...finding,
    adjustmentId,
    reason,
    operatorId,
    approverId,
    at_ms: surroundings.now_ms,
  };
  const draft = draftFrom(state);
  draft.record({ type: 'finding.settled', body: { adjustment } });
  const disputed = isReturnedThere === true ? clearedBy(state, finding.orderNumber) : undefined;
  if (disputed !== undefined) movePayment(draft, disputed.attemptId, { kind: 'billClears' }, surroundings);
  return draft.done();
}

// A compared bill, kept and printed; and the differences that a person has dealt with. Neither changes a figure of the till. Pure.
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { draftFrom, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf } from './ids.ts';
import type { TillState } from './state.ts';

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

export function findingSettled(
  state: TillState,
  { finding, reason, operatorId, approverId }: Extract<TillEvent, { kind: 'findingSettled' }>,
  { now_ms }: Surroundings,
): Transition {
  const adjustmentId = idOf('J', state, state.sequence + 1);
  const adjustment: Adjustment = { ...finding, adjustmentId, reason, operatorId, approverId, at_ms: now_ms };
  const draft = draftFrom(state);
  draft.record({ type: 'finding.settled', body: { adjustment } });
  return draft.done();
}

// What the acquirer of a gateway says of a settled batch goes into the journal: once, and again when it says something else. Pure.
import { draftFrom, type Transition } from './draft.ts';
import type { Surroundings } from './events.ts';
import type { BatchAnswer, TillState } from './state.ts';

function answerOf({
  routeId,
  terminalCode,
  tillCode,
  batchNo,
  outcome,
  settledAt_ms,
  till,
  acquirer,
  differenceCount,
}: BatchAnswer): BatchAnswer {
  const own = tillCode === undefined ? {} : { tillCode };
  return { routeId, terminalCode, ...own, batchNo, outcome, settledAt_ms, till, acquirer, differenceCount };
}

function isSame(before: BatchAnswer | undefined, answer: BatchAnswer): boolean {
  return before !== undefined && JSON.stringify(answerOf(before)) === JSON.stringify(answerOf(answer));
}

export function batchAnswered(
  state: TillState,
  { answer }: { answer: BatchAnswer },
  { now_ms }: Surroundings,
): Transition {
  const { routeId, terminalCode, batchNo } = answer;
  const before = state.batches?.find(
    (one) => one.routeId === routeId && one.terminalCode === terminalCode && one.batchNo === batchNo,
  );
  const draft = draftFrom(state);
  if (!isSame(before, answer))
    draft.record({ type: 'batch.settled', body: { ...answerOf(answer), at_ms: now_ms } });
  return draft.done();
}

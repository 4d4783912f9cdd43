// The gateways' batches as the manager's screen has them: what the acquirers said, what is not settled yet, and whether that is bad.
import type { BatchesView, BatchSettledView, BatchSide, BatchWaitingView } from '../../contract/batches.ts';
import type { BatchFigures, SettledBatch, TillState } from '../domain/till/state.ts';

/** So long the bar says that a batch differs; so old is one that should be settled and is not. */
const DAY_ms = 24 * 3_600_000;

/** Each snapshot of a manager has them. Weeks of one batch a day are fewer. */
const SHOWN_waiting = 40;

function sideOf({ paymentCount, payment_fen, void_fen, refund_fen }: BatchFigures): BatchSide {
  return { paymentCount, net_fen: payment_fen - void_fen - refund_fen };
}

function settledView(one: SettledBatch): BatchSettledView {
  const { routeId, terminalCode, batchNo, at_ms, settledAt_ms, differenceCount } = one;
  const about = { routeId, terminalCode, batchNo, at_ms, till: sideOf(one.till) };
  return one.outcome === 'agreed'
    ? { ...about, state: 'agreed', settledAt_ms: settledAt_ms ?? at_ms }
    : { ...about, state: 'differs', differenceCount, acquirer: sideOf(one.acquirer) };
}

const isDiffering = ({ outcome }: SettledBatch): boolean => outcome === 'differs';

export function batchesView(
  { batches = [] }: TillState,
  waiting: readonly BatchWaitingView[],
  now_ms: number,
): BatchesView {
  const isRecent = (at_ms: number): boolean => now_ms - at_ms < DAY_ms;
  const differs = batches.some((one) => isDiffering(one) && isRecent(one.at_ms));
  const newest = batches.toReversed();
  const isLate = waiting.some(({ since_ms }) => since_ms !== null && !isRecent(since_ms));
  return {
    settled: [...newest.filter(isDiffering), ...newest.filter((one) => !isDiffering(one))].map(settledView),
    waiting: waiting.slice(0, SHOWN_waiting).toReversed(),
    code: differs ? 'E-BATCH-01' : isLate ? 'E-BATCH-02' : null,
  };
}

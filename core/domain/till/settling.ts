// What the payments of a sale mean for the sale: completed, confirmed, or wholly dropped (DESIGN section 4, "Sale"). Pure.
import { assert } from '../assert.ts';
import { besides_fen } from '../giveback/chain.ts';
import { isProven } from '../payment/state.ts';
import { saleTotal_fen, type Sale } from '../sale/sale.ts';
import { settleLines } from '../sale/settled.ts';
import type { Draft } from './draft.ts';
import type { Surroundings } from './events.ts';
import { idOf, printedNumber } from './ids.ts';
import { attemptsOf, due_fen, isDeferredOpen, lostBy, isUndecided } from './queries.ts';
import type { TillState } from './state.ts';

function saleOf(draft: Draft, saleId: string): Sale {
  const sale = draft.state.sales[saleId];
  assert(sale, `sale ${saleId} is not loaded`);
  return sale;
}

/** Everything due is covered. A reversal may still run beside other money: it can only give back (docs/adr/0007). */
function complete(draft: Draft, sale: Sale, surroundings: Surroundings): void {
  const attempts = attemptsOf(draft.state, sale);
  const isWaiting = attempts.some(isUndecided);
  if (isWaiting || due_fen(draft.state, sale) !== 0) return;
  const number = draft.state.counters.receipt + 1;
  const receiptId = idOf('R', draft.state, number);
  const rounding_fen = sale.cash?.rounding_fen ?? 0;
  const body = {
    saleId: sale.saleId,
    receiptId,
    receiptNumber: printedNumber('', number),
    operatorId: draft.state.operatorId ?? sale.operatorId,
    settled: settleLines(sale.lines, rounding_fen),
    total_fen: saleTotal_fen(sale),
    rounding_fen,
    pending: attempts.some(isDeferredOpen),
    at_ms: surroundings.now_ms,
    ...(draft.state.currentSaleId !== sale.saleId && { isAside: true as const }),
  };
  draft.record({ type: 'sale.completed', body });
  draft.effect({ kind: 'print', receiptId, copy: 0 });
}

function closeExceptions(
  draft: Draft,
  sale: Sale,
  isOver: (exception: TillState['exceptions'][string]) => boolean,
  surroundings: Surroundings,
): void {
  const { state } = draft;
  const operatorId = state.operatorId ?? sale.operatorId;
  const own = Object.values(state.exceptions).filter(({ saleId }) => saleId === sale.saleId);
  for (const { attemptId } of own.filter(isOver)) {
    const body = { attemptId, how: 'collected', reason: '', operatorId, approverId: null } as const;
    draft.record({ type: 'exception.closed', body: { ...body, at_ms: surroundings.now_ms } });
  }
}

/**
 * What was lost and is paid needs nobody any more, be it charged after all or paid anew; where all of it is, the customer gets a marked copy that
 * says so, and the sale is confirmed once nothing else of it is on trust.
 */
function confirm(draft: Draft, sale: Sale, surroundings: Surroundings): void {
  const wasLost = Object.values(draft.state.exceptions).some((one) => one.saleId === sale.saleId);
  const isCharged = (attemptId: string) => draft.state.attempts[attemptId]?.machine.state.kind === 'approved';
  closeExceptions(draft, sale, ({ attemptId }) => isCharged(attemptId), surroundings);
  const pending = attemptsOf(draft.state, sale).filter(isDeferredOpen);
  const due = due_fen(draft.state, sale);
  // In the place of what was lost, on trust: no money yet.
  if (due < 0 || pending.some(({ collects }) => collects === true)) return;
  const lost = lostBy(draft.state);
  closeExceptions(draft, sale, ({ attemptId }) => lost.get(attemptId) === 0, surroundings);
  if (due > 0) return;
  if (wasLost) askMarkedCopy(draft, sale);
  if (pending.length === 0) draft.record({ type: 'sale.confirmed', body: { saleId: sale.saleId } });
}

function askMarkedCopy(draft: Draft, sale: Sale): void {
  const receipt = draft.state.receipts[sale.receiptId ?? ''];
  if (!receipt) return;
  const operatorId = draft.state.operatorId ?? sale.operatorId;
  const { receiptId, reprints } = receipt;
  draft.record({ type: 'receipt.reprintAsked', body: { receiptId, count: reprints + 1, operatorId } });
  draft.effect({ kind: 'print', receiptId, copy: reprints + 1 });
}

/** Dropped for good once nothing of it is in doubt and everything that was paid is back. */
function drop(draft: Draft, sale: Sale, surroundings: Surroundings): void {
  const isBack = attemptsOf(draft.state, sale).every(
    (one) =>
      isProven(one.machine.state) &&
      (one.machine.state.kind !== 'approved' ||
        one.givenBack_fen - besides_fen(draft.state.giveBacks, one.attemptId) >= one.amount_fen),
  );
  if (!isBack) return;
  const { saleId, operatorId } = sale;
  const body = { saleId, operatorId, total_fen: saleTotal_fen(sale), at_ms: surroundings.now_ms };
  draft.record({ type: 'sale.cancelled', body });
}

/** Called after everything that may have moved money of this sale. */
export function settleSale(draft: Draft, saleId: string, surroundings: Surroundings): void {
  const sale = saleOf(draft, saleId);
  switch (sale.state) {
    case 'tendering':
    case 'parked':
      if (sale.attemptIds.length > 0 || sale.cash !== null) complete(draft, sale, surroundings);
      return;
    case 'completedPending':
      return confirm(draft, sale, surroundings);
    case 'cancelling':
      return drop(draft, sale, surroundings);
    default:
      return;
  }
}

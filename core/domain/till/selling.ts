// Goods and the steps of a sale before and after its payments. Pure.
import { own } from '../own.ts';
import { AMOUNT_LIMIT_fen } from '../money.ts';
import { type Goods, LINES_LIMIT, QUANTITY_LIMIT, type Sale, saleTotal_fen } from '../sale/sale.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings } from './events.ts';
import { mayVoid, startGiveBack } from './give-backs.ts';
import { idOf } from './ids.ts';
import { movePayment } from './payments.ts';
import {
  attemptsOf,
  covered_fen,
  currentSale,
  isBlocking,
  isCollecting,
  isCounterTaken,
  isLeaving,
  isDeferredOpen,
  returnable_fen,
  isUndecided,
} from './queries.ts';
import { isOfLostTime } from './restoring.ts';
import { settleSale } from './settling.ts';
import type { TillState } from './state.ts';

/** The till's next customer need not wait for these. */
const leavableStates: ReadonlySet<Sale['state']> = new Set([
  'completed',
  'completedPending',
  'cancelling',
  'cancelled',
  'returned',
]);

/** What is on the counter gives way. Since a sale that was collected anew was sold, others have been, too. */
export function leaveCounter(draft: Draft): void {
  const sale = currentSale(draft.state);
  if (sale === null) return;
  const { saleId, receiptId } = sale;
  const isNewest = receiptId === null || receiptId === draft.state.lastReceiptId;
  draft.record({ type: 'sale.left', body: { saleId, ...(!isNewest && { receiptId }) } });
}

/** The sale that goods go into: the open one, or a new one when the last has ended. */
function openSale(draft: Draft, operatorId: string, surroundings: Surroundings): Sale {
  const sale = currentSale(draft.state);
  if (sale?.state === 'open') return sale;
  leaveCounter(draft);
  const saleId = idOf('S', draft.state, draft.state.counters.sale + 1);
  draft.record({ type: 'sale.opened', body: { saleId, operatorId, at_ms: surroundings.now_ms } });
  const opened = currentSale(draft.state);
  if (opened === null) throw new Error('unreachable: a sale was just opened');
  return opened;
}

/**
 * Its payment goes first. A sale whose goods have left and whose money did not come holds the counter only while a payment
 * of it is under way: otherwise the next customer's goods leave it to its open exception.
 */
function holdsCounter(state: TillState, sale: Sale): boolean {
  if (sale.state === 'tendering') return true;
  return isCollecting(state, sale) && attemptsOf(state, sale).some(isBlocking);
}

export function goodsEntered(state: TillState, goods: Goods, surroundings: Surroundings): Transition {
  if (state.operatorId === null) return refuse(state, 'E-AUTH-02');
  if (state.shift === null) return refuse(state, 'E-SALE-07');
  const before = currentSale(state);
  if (before && holdsCounter(state, before)) return refuse(state, 'E-SCAN-06');
  const draft = draftFrom(state);
  const sale = openSale(draft, state.operatorId, surroundings);
  if (saleTotal_fen(sale) + goods.price_fen > AMOUNT_LIMIT_fen) return refuse(state, 'E-SALE-05');
  const same = sale.lines.find(
    (line) => line.barcode === goods.barcode && line.price_fen === goods.price_fen,
  );
  if (same) {
    if (same.quantity >= QUANTITY_LIMIT) return refuse(state, 'E-SALE-05');
    const body = { saleId: sale.saleId, lineId: same.lineId, quantity: same.quantity + 1 };
    draft.record({ type: 'sale.quantitySet', body });
    return draft.done();
  }
  if (sale.lines.length >= LINES_LIMIT) return refuse(state, 'E-SALE-05');
  const lineId = `L${draft.state.counters.line + 1}`;
  draft.record({ type: 'sale.lineAdded', body: { saleId: sale.saleId, lineId, goods, quantity: 1 } });
  return draft.done();
}

export function quantitySet(state: TillState, lineId: string, quantity: number): Transition {
  const sale = currentSale(state);
  const line = sale?.lines.find((one) => one.lineId === lineId);
  if (sale?.state !== 'open' || !line) return refuse(state, 'E-SALE-02');
  const isCount = Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_LIMIT;
  if (!isCount) return refuse(state, 'E-SALE-05');
  const total_fen = saleTotal_fen(sale) + line.price_fen * (quantity - line.quantity);
  if (total_fen > AMOUNT_LIMIT_fen) return refuse(state, 'E-SALE-05');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.quantitySet', body: { saleId: sale.saleId, lineId, quantity } });
  return draft.done();
}

export function lineRemoved(state: TillState, lineId: string): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'open' || !sale.lines.some((line) => line.lineId === lineId))
    return refuse(state, 'E-SALE-02');
  const draft = draftFrom(state);
  const operatorId = state.operatorId ?? sale.operatorId;
  draft.record({ type: 'sale.lineRemoved', body: { saleId: sale.saleId, lineId, operatorId } });
  return draft.done();
}

export function tenderStarted(state: TillState): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'open') return refuse(state, 'E-SALE-02');
  if (saleTotal_fen(sale) <= 0) return refuse(state, 'E-SALE-01');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.tendering', body: { saleId: sale.saleId } });
  return draft.done();
}

/** Back to the goods: only while nothing is paid and nothing is in doubt. */
export function backToGoods(state: TillState): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'tendering') return refuse(state, 'E-SALE-02');
  const attempts = attemptsOf(state, sale);
  if (attempts.some(isBlocking)) return refuse(state, 'E-SALE-03');
  if (attempts.some((attempt) => covered_fen(attempt) > 0)) return refuse(state, 'E-SALE-04');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.reopened', body: { saleId: sale.saleId } });
  return draft.done();
}

/**
 * The whole sale dropped. What was paid of it goes back first, and what is behind the one-way door can only go back: until all of that is proven
 * it is `cancelling`.
 */
export function saleCancelled(state: TillState, surroundings: Surroundings): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'open' && sale?.state !== 'tendering') return refuse(state, 'E-SALE-02');
  const attempts = attemptsOf(state, sale);
  if (attempts.some(isUndecided)) return refuse(state, 'E-SALE-03');
  const { saleId } = sale;
  const operatorId = state.operatorId ?? sale.operatorId;
  const draft = draftFrom(state);
  const covering = attempts.filter((attempt) => covered_fen(attempt) > 0);
  // It may have been finished in the lost time, and its goods have left.
  const isOver = covering.length === 0 && !attempts.some(isLeaving);
  if (!isOver && isOfLostTime(state, saleId)) return refuse(state, 'E-RST-03');
  if (isOver) {
    const body = { saleId, operatorId, total_fen: saleTotal_fen(sale), at_ms: surroundings.now_ms };
    draft.record({ type: 'sale.cancelled', body });
    return draft.done();
  }
  draft.record({ type: 'sale.cancelling', body: { saleId, operatorId } });
  for (const attempt of covering) {
    const { attemptId } = attempt;
    if (isDeferredOpen(attempt)) {
      movePayment(draft, attemptId, { kind: 'deferredCancelled' }, surroundings);
      continue;
    }
    const amount_fen = returnable_fen(state, attempt);
    const method = mayVoid(attempt, surroundings) ? 'void' : 'refund';
    startGiveBack(draft, { attemptId, amount_fen, method, returnId: null, cause: 'dropped' }, surroundings);
  }
  settleSale(draft, saleId, surroundings);
  return draft.done();
}

/** Nothing of it has left, and its customer may be gone when the line is back. */
function giveUpHeld(draft: Draft, sale: Sale, surroundings: Surroundings): void {
  const held = attemptsOf(draft.state, sale).filter(({ machine }) => machine.state.kind === 'held');
  for (const { attemptId } of held) movePayment(draft, attemptId, { kind: 'gaveUp' }, surroundings);
}

export function saleLeft(state: TillState, surroundings: Surroundings): Transition {
  const sale = currentSale(state);
  if (!sale || !leavableStates.has(sale.state)) return refuse(state, 'E-SALE-02');
  const draft = draftFrom(state);
  giveUpHeld(draft, sale, surroundings);
  leaveCounter(draft);
  return draft.done();
}

const PARKED_limit = 20;

/** Put aside, with whatever is paid of it or still in doubt: the core goes on asking, and a sale that turns out paid completes. */
export function saleParked(state: TillState, surroundings: Surroundings): Transition {
  const sale = currentSale(state);
  const isParkable = sale?.state === 'tendering' || (sale?.state === 'open' && sale.lines.length > 0);
  if (!sale || !isParkable) return refuse(state, 'E-SALE-02');
  if (state.parkedSaleIds.length >= PARKED_limit) return refuse(state, 'E-SALE-06');
  const operatorId = state.operatorId ?? sale.operatorId;
  const draft = draftFrom(state);
  giveUpHeld(draft, sale, surroundings);
  draft.record({
    type: 'sale.parked',
    body: { saleId: sale.saleId, operatorId, at_ms: surroundings.now_ms },
  });
  return draft.done();
}

/** An empty sale on the counter gives way; any other is finished, dropped or parked first. */
export function saleRecalled(state: TillState, saleId: string): Transition {
  const wanted = own(state.sales, saleId);
  if (wanted?.state !== 'parked') return refuse(state, 'E-SALE-02');
  if (isCounterTaken(state)) return refuse(state, 'E-SHIFT-02');
  const operatorId = state.operatorId ?? wanted.operatorId;
  const draft = draftFrom(state);
  leaveCounter(draft);
  const to = wanted.attemptIds.length > 0 ? 'tendering' : 'open';
  draft.record({ type: 'sale.recalled', body: { saleId, operatorId, to } });
  return draft.done();
}

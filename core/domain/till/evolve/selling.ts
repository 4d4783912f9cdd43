// How records of a sale change the state.
import type { CashTender, Sale } from '../../sale/sale.ts';
import type { BodyOf } from '../records.ts';
import type { TillState } from '../state.ts';
import { addReceipt, counted, withSale } from './with.ts';

export function saleOpened(state: TillState, body: BodyOf<'sale.opened'>): TillState {
  const sale: Sale = {
    saleId: body.saleId,
    operatorId: body.operatorId,
    state: 'open',
    openedAt_ms: body.at_ms,
    zNumber: state.period.zNumber,
    lines: [],
    lastLineId: null,
    attemptIds: [],
    walletPart_fen: null,
    cash: null,
    settled: [],
    returned: {},
    cashReturned_fen: 0,
    returnIds: [],
    writtenOff_fen: 0,
    receiptId: null,
    receiptNumber: null,
    completedAt_ms: null,
  };
  const next = { ...state, currentSaleId: body.saleId, sales: { ...state.sales, [body.saleId]: sale } };
  return counted(next, 'sale');
}

export function lineAdded(state: TillState, body: BodyOf<'sale.lineAdded'>): TillState {
  const next = withSale(state, body.saleId, (sale) => ({
    ...sale,
    lines: [...sale.lines, { ...body.goods, lineId: body.lineId, quantity: body.quantity }],
    lastLineId: body.lineId,
  }));
  return counted(next, 'line');
}

export function quantitySet(state: TillState, body: BodyOf<'sale.quantitySet'>): TillState {
  return withSale(state, body.saleId, (sale) => ({
    ...sale,
    lines: sale.lines.map((line) =>
      line.lineId === body.lineId ? { ...line, quantity: body.quantity } : line,
    ),
    lastLineId: body.lineId,
  }));
}

export function lineRemoved(state: TillState, body: BodyOf<'sale.lineRemoved'>): TillState {
  return withSale(state, body.saleId, (sale) => {
    const lines = sale.lines.filter((line) => line.lineId !== body.lineId);
    return { ...sale, lines, lastLineId: lines.at(-1)?.lineId ?? null };
  });
}

export function saleStateSet(state: TillState, saleId: string, to: Sale['state']): TillState {
  return withSale(state, saleId, (sale) => ({ ...sale, state: to, walletPart_fen: null }));
}

export function saleParked(state: TillState, { saleId }: BodyOf<'sale.parked'>): TillState {
  const next = saleStateSet(state, saleId, 'parked');
  return { ...next, currentSaleId: null, parkedSaleIds: [...next.parkedSaleIds, saleId] };
}

function unparked(state: TillState, saleId: string): TillState {
  return { ...state, parkedSaleIds: state.parkedSaleIds.filter((id) => id !== saleId) };
}

export function saleRecalled(state: TillState, { saleId, to }: BodyOf<'sale.recalled'>): TillState {
  return { ...unparked(saleStateSet(state, saleId, to), saleId), currentSaleId: saleId };
}

export function walletPartSet(
  state: TillState,
  { saleId, amount_fen }: BodyOf<'sale.walletPartSet'>,
): TillState {
  return withSale(state, saleId, (sale) => ({ ...sale, walletPart_fen: amount_fen }));
}

/** What lies on the counter is said by the newest tender alone, the drawer and the receipt by their sum. */
function withCash(sale: Sale, cash: CashTender): Sale {
  const newest = sale.cash === null ? {} : { newestCash: cash };
  return { ...sale, cash: sum(sale.cash, cash), ...newest };
}

/** A sale collected again may have taken cash twice. */
function sum(before: CashTender | null, more: CashTender): CashTender {
  if (before === null) return more;
  return {
    received_fen: before.received_fen + more.received_fen,
    amount_fen: before.amount_fen + more.amount_fen,
    rounding_fen: before.rounding_fen + more.rounding_fen,
    change_fen: before.change_fen + more.change_fen,
  };
}

export function cashTaken(state: TillState, { saleId, cash }: BodyOf<'sale.cashTaken'>): TillState {
  const next = withSale(state, saleId, (sale) => withCash(sale, cash));
  if (next.shift === null) return next;
  return { ...next, shift: { ...next.shift, sales_fen: next.shift.sales_fen + cash.amount_fen } };
}

export function saleCompleted(state: TillState, body: BodyOf<'sale.completed'>): TillState {
  const { saleId, receiptId, receiptNumber } = body;
  const next = withSale(state, saleId, (sale) => ({
    ...sale,
    state: body.pending ? 'completedPending' : 'completed',
    zNumber: state.period.zNumber,
    walletPart_fen: null,
    settled: body.settled,
    receiptId,
    receiptNumber,
    completedAt_ms: body.at_ms,
  }));
  const paper = { receiptId, number: receiptNumber, kind: 'sale', subject: saleId, saleId } as const;
  const lastReceiptId = body.isAside === true ? state.lastReceiptId : receiptId;
  const printed = { ...addReceipt(unparked(next, saleId), paper), lastReceiptId };
  const grand = { ...state.grand, sales_fen: state.grand.sales_fen + body.total_fen - body.rounding_fen };
  return counted({ ...printed, grand }, 'receipt');
}

export function saleCancelled(state: TillState, { saleId }: BodyOf<'sale.cancelled'>): TillState {
  return saleStateSet(state, saleId, 'cancelled');
}

export function saleLeft(state: TillState, { saleId, receiptId }: BodyOf<'sale.left'>): TillState {
  const lastReceiptId = receiptId ?? state.lastReceiptId;
  const currentSaleId = state.currentSaleId === saleId ? null : state.currentSaleId;
  return { ...state, currentSaleId, lastReceiptId };
}

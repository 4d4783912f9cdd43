// The drawer: shifts, cash moved by hand, openings without a sale. And what the till itself has to tell.
import { type Books, fault, mustBe, type OpenShift } from './books.ts';
import { times } from './money.ts';
import { takeNumber, takeReceiptId } from './numbers.ts';
import { cashierOf, count, countOverride } from './period.ts';
import type { Body } from './record-shapes.ts';

export function expected_fen(shift: OpenShift): number {
  return shift.float_fen + shift.sales_fen - shift.refunds_fen + shift.paidIn_fen - shift.paidOut_fen;
}

export function shiftOpened(books: Books, body: Body<'shift.opened'>): void {
  takeNumber(books, 'shift', 'number', body.number);
  if (books.shift !== null) fault(books, 'shiftId', `shift ${books.shift.number} is open`);
  const { shiftId, number, float_fen, at_ms } = body;
  books.shift = {
    shiftId,
    number,
    openedAt_ms: at_ms,
    float_fen,
    sales_fen: 0,
    refunds_fen: 0,
    paidIn_fen: 0,
    paidOut_fen: 0,
  };
  books.period.openedAt_ms ??= at_ms;
}

const sums = ['float_fen', 'sales_fen', 'refunds_fen', 'paidIn_fen', 'paidOut_fen'] as const;

function checkShift(books: Books, open: OpenShift, shift: Body<'shift.closed'>['shift']): void {
  mustBe(books, 'shift.shiftId', shift.shiftId, open.shiftId);
  mustBe(books, 'shift.number', shift.number, open.number);
  mustBe(books, 'shift.openedAt_ms', shift.openedAt_ms, open.openedAt_ms);
  for (const name of sums) mustBe(books, `shift.${name}`, shift[name], open[name]);
  mustBe(books, 'shift.expected_fen', shift.expected_fen, expected_fen(open));
}

export function shiftClosed(books: Books, { receiptId, shift }: Body<'shift.closed'>): void {
  takeReceiptId(books, 'receiptId', receiptId);
  if (books.shift === null) fault(books, 'shift.shiftId', 'no shift is open');
  else checkShift(books, books.shift, shift);
  let counted_fen = 0;
  for (const piece of shift.counted) counted_fen += times(piece.value_fen, piece.count);
  mustBe(books, 'shift.counted_fen', shift.counted_fen, counted_fen);
  mustBe(books, 'shift.overShort_fen', shift.overShort_fen, shift.counted_fen - shift.expected_fen);
  books.shift = null;
  books.period.shifts.push({
    number: shift.number,
    operatorId: shift.operatorId,
    openedAt_ms: shift.openedAt_ms,
    closedAt_ms: shift.closedAt_ms,
    float_fen: shift.float_fen,
    expected_fen: shift.expected_fen,
    counted_fen: shift.counted_fen,
    overShort_fen: shift.overShort_fen,
  });
}

export function cashMoved(books: Books, { receiptId, move }: Body<'cash.moved'>): void {
  takeReceiptId(books, 'receiptId', receiptId);
  takeNumber(books, 'cash slip', 'move.number', move.number);
  count(books.period.cash[move.direction], move.amount_fen);
  if (books.shift !== null) books.shift[`${move.direction}_fen`] += move.amount_fen;
  countOverride(books.period, move.operatorId, move.approverId);
}

export function drawerAsked(books: Books, body: Body<'drawer.asked'>): void {
  if (books.drawerIds.has(body.openId)) fault(books, 'openId', `${body.openId} was used before`);
  books.drawerIds.add(body.openId);
  if (body.cause !== 'noSale') return;
  books.period.control.noSaleOpens += 1;
  cashierOf(books.period, body.operatorId).noSaleOpens += 1;
  countOverride(books.period, body.operatorId, body.approverId);
}

export function drawerEnded(books: Books, body: Body<'drawer.ended'>): void {
  if (!books.drawerIds.has(body.openId)) fault(books, 'openId', `${body.openId} was never asked for`);
}

export function receiptNamed(books: Books, body: { receiptId: string }): void {
  if (!books.receiptIds.has(body.receiptId)) fault(books, 'receiptId', `no paper is named ${body.receiptId}`);
}

export function reprintAsked(books: Books, body: Body<'receipt.reprintAsked'>): void {
  receiptNamed(books, body);
  books.period.control.reprints += 1;
}

// Goods that came back, and the money given back for them: in cash, by voids and by refunds.
import {
  type AttemptEntry,
  type Books,
  fault,
  type GiveBackEntry,
  isNew,
  mustBe,
  named,
  type SaleEntry,
} from './books.ts';
import { surplusOf_fen } from './due.ts';
import { takeNumber, takeReceiptId } from './numbers.ts';
import { postLate } from './payments.ts';
import { cashierOf, count, countOverride, postLines, walletOf } from './period.ts';
import { times } from './money.ts';
import type { Body, GiveBackBody, ReturnBody, Settled } from './record-shapes.ts';

const amounts = ['quantity', 'gross_fen', 'rounding_fen', 'tax_fen'] as const;

/** Of no line more comes back than was sold and has not come back yet; with its last piece goes all that is left. */
function takeBackLine(books: Books, sale: SaleEntry, path: string, line: Settled): void {
  const left = named(books, sale.completed?.unreturned ?? new Map(), `${path}.lineId`, line.lineId);
  if (left === null) return;
  mustBe(books, `${path}.tax_bp`, line.tax_bp, left.tax_bp);
  mustBe(books, `${path}.gross_fen`, line.gross_fen, times(left.price_fen, line.quantity));
  for (const name of amounts) {
    left[name] -= line[name];
    if (left[name] < 0) fault(books, `${path}.${name}`, `${-left[name]} more than was sold`);
    else if (left.quantity === 0 && left[name] !== 0) {
      fault(books, `${path}.${name}`, `${left[name]} stays behind though all pieces came back`);
    }
  }
}

function checkReturn(books: Books, sale: SaleEntry, body: ReturnBody): void {
  if (sale.completed === null) {
    fault(books, 'return.saleId', `${body.saleId} was not completed`);
    return;
  }
  mustBe(books, 'return.receiptNumber', body.receiptNumber, sale.completed.receiptNumber);
  mustBe(books, 'return.originalZ', body.originalZ, sale.completed.zNumber);
  for (const [index, line] of body.lines.entries()) {
    takeBackLine(books, sale, `return.lines[${index}]`, line);
  }
  sale.returned_fen += body.amount_fen;
  sale.cashRefunds_fen += body.cash_fen;
  if (sale.cashRefunds_fen > sale.cash_fen) {
    fault(books, 'return.cash_fen', `more cash than the ${sale.cash_fen} fen that were paid in cash`);
  }
}

/** Cash that goes back to a customer, at the return or after a refund was refused. */
function payOut(books: Books, amount_fen: number): void {
  count(books.period.cash.refunds, amount_fen);
  if (books.shift !== null) books.shift.refunds_fen += amount_fen;
}

export function returnOpened(books: Books, { receiptId, return: body }: Body<'return.opened'>): void {
  const { period } = books;
  if (!isNew(books, books.returns, 'return.returnId', body.returnId)) return;
  takeNumber(books, 'return', 'return.number', body.number);
  takeReceiptId(books, 'receiptId', receiptId);
  mustBe(books, 'return.zNumber', body.zNumber, period.zNumber);
  const sale = named(books, books.sales, 'return.saleId', body.saleId);
  if (sale !== null) checkReturn(books, sale, body);
  const paid_fen = postLines(period, 'returns', body.lines);
  mustBe(books, 'return.amount_fen', body.amount_fen, paid_fen);
  const { returnId, saleId, amount_fen, cash_fen, operatorId } = body;
  books.returns.set(returnId, { receiptId, saleId, amount_fen, givenBack_fen: cash_fen });
  books.grand.returns_fen += paid_fen;
  count(cashierOf(period, operatorId).returns, amount_fen);
  countOverride(period, operatorId, body.approverId);
  if (cash_fen > 0) payOut(books, cash_fen);
  period.firstReturn ??= body.number;
  period.lastReturn = body.number;
}

export function returnSlipAsked(books: Books, body: Body<'return.slipAsked'>): void {
  const goodsReturn = named(books, books.returns, 'returnId', body.returnId);
  if (goodsReturn !== null) mustBe(books, 'receiptId', body.receiptId, goodsReturn.receiptId);
}

/** Money leaves by this give-back, or does not after all. */
function promise(books: Books, giveBack: GiveBackEntry, by_fen: number): void {
  const attempt = books.attempts.get(giveBack.attemptId);
  if (attempt !== undefined) attempt.givenBack_fen += by_fen;
  const goodsReturn = giveBack.returnId === null ? undefined : books.returns.get(giveBack.returnId);
  if (goodsReturn !== undefined) goodsReturn.givenBack_fen += by_fen;
}

/** What the till promises is never more than was taken, nor than the return is worth. */
function checkPromise(books: Books, giveBack: GiveBackEntry): void {
  const path = 'giveBack.amount_fen';
  const attempt = books.attempts.get(giveBack.attemptId);
  if (attempt !== undefined && attempt.givenBack_fen > attempt.amount_fen) {
    fault(books, path, `${attempt.givenBack_fen} fen go back of ${attempt.amount_fen} that were approved`);
  }
  const goodsReturn = giveBack.returnId === null ? undefined : books.returns.get(giveBack.returnId);
  if (goodsReturn !== undefined && goodsReturn.givenBack_fen > goodsReturn.amount_fen) {
    const { givenBack_fen, amount_fen } = goodsReturn;
    fault(books, path, `${givenBack_fen} fen go back for goods of ${amount_fen}`);
  }
}

/** Why the money goes back: for goods, with a sale that is dropped, or because the sale does not need it. */
function checkCause(books: Books, body: GiveBackBody, attempt: AttemptEntry): void {
  const isReturn = body.cause === 'return';
  if (isReturn !== (body.returnId !== null))
    fault(books, 'giveBack.cause', `${body.cause}, with a return or without`);
  const sale = books.sales.get(attempt.saleId);
  if (sale === undefined || isReturn) return;
  if (body.cause === 'dropped' && sale.phase !== 'cancelling') {
    fault(books, 'giveBack.cause', `${sale.saleId} is not being dropped`);
  }
  if (body.cause !== 'surplus') return;
  if (attempt.surplus_fen > 0) mustBe(books, 'giveBack.amount_fen', body.amount_fen, attempt.surplus_fen);
  else {
    mustBe(books, 'giveBack.amount_fen', body.amount_fen, surplusOf_fen(sale, attempt));
    attempt.surplus_fen = body.amount_fen;
  }
}

function checkGiveBack(books: Books, body: GiveBackBody): void {
  mustBe(books, 'giveBack.zNumber', body.zNumber, books.period.zNumber);
  mustBe(books, 'giveBack.paidInCash', body.paidInCash, false);
  if (body.returnId !== null) {
    const goodsReturn = named(books, books.returns, 'giveBack.returnId', body.returnId);
    if (goodsReturn !== null) mustBe(books, 'giveBack.saleId', body.saleId, goodsReturn.saleId);
  }
  const attempt = named(books, books.attempts, 'giveBack.attemptId', body.attemptId);
  if (attempt === null) return;
  if (attempt.kind !== 'approved') fault(books, 'giveBack.attemptId', `${body.attemptId} was not approved`);
  mustBe(books, 'giveBack.saleId', body.saleId, attempt.saleId);
  mustBe(books, 'giveBack.orderNumber', body.orderNumber, attempt.orderNumber);
  mustBe(books, 'giveBack.routeId', body.routeId, attempt.routeId);
  mustBe(books, 'giveBack.scheme', body.scheme, attempt.scheme);
  mustBe(books, 'giveBack.rail', body.rail, attempt.rail ?? '');
  if (body.method === 'void') mustBe(books, 'giveBack.amount_fen', body.amount_fen, attempt.amount_fen);
  checkCause(books, body, attempt);
}

export function giveBackOpened(books: Books, { giveBack: body }: Body<'giveBack.opened'>): void {
  if (!isNew(books, books.giveBacks, 'giveBack.giveBackId', body.giveBackId)) return;
  if (isNew(books, books.orderNumbers, 'giveBack.requestNumber', body.requestNumber)) {
    books.orderNumbers.add(body.requestNumber);
  }
  checkGiveBack(books, body);
  const entry: GiveBackEntry = {
    giveBackId: body.giveBackId,
    attemptId: body.attemptId,
    returnId: body.returnId,
    cause: body.cause,
    requestNumber: body.requestNumber,
    method: body.method,
    scheme: body.scheme,
    rail: body.rail,
    amount_fen: body.amount_fen,
    openedAt_ms: body.openedAt_ms,
    zNumber: body.zNumber,
    kind: body.machine.state.kind,
    paidInCash: false,
  };
  books.giveBacks.set(entry.giveBackId, entry);
  books.owedBack.add(entry);
  promise(books, entry, entry.amount_fen);
  checkPromise(books, entry);
}

function postLateGiveBack(books: Books, what: string, giveBack: GiveBackEntry): void {
  const { giveBackId: id, requestNumber: number, amount_fen, zNumber } = giveBack;
  postLate(books.period, what, { id, number, amount_fen, zNumber });
}

function done(books: Books, giveBack: GiveBackEntry): void {
  const { scheme, rail, amount_fen, method } = giveBack;
  const wallet = walletOf(books.period, scheme, rail);
  if (method === 'void') {
    count(wallet.voids, amount_fen);
    count(books.period.control.voids, amount_fen);
  } else count(wallet.refunds, amount_fen);
  postLateGiveBack(books, method === 'void' ? 'voided' : 'refunded', giveBack);
  books.owedBack.delete(giveBack);
}

export function giveBackMoved(books: Books, body: Body<'giveBack.moved'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  if (giveBack === null) return;
  const { kind } = body.machine.state;
  if (giveBack.kind === 'done') fault(books, 'machine.state.kind', 'a give-back that was done moved');
  // An acquirer that refused and then did it all the same: what took its place is promised, or was paid out, besides.
  const isBesides = giveBack.method === 'void' || giveBack.paidInCash;
  if (giveBack.kind === 'failed' && isBesides) promise(books, giveBack, giveBack.amount_fen);
  giveBack.kind = kind;
  if (kind === 'done') done(books, giveBack);
  if (kind !== 'failed') return;
  if (giveBack.method === 'refund') {
    postLateGiveBack(books, 'refundFailed', giveBack);
    return;
  }
  promise(books, giveBack, -giveBack.amount_fen);
  books.owedBack.delete(giveBack);
}

export function giveBackNoted(books: Books, body: Body<'giveBack.noted'>): void {
  named(books, books.giveBacks, 'giveBackId', body.giveBackId);
}

export function giveBackSlipAsked(books: Books, body: Body<'giveBack.slipAsked'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  if (giveBack !== null) takeReceiptId(books, 'receiptId', body.receiptId);
}

export function paidInCash(books: Books, body: Body<'giveBack.paidInCash'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  payOut(books, body.amount_fen);
  countOverride(books.period, body.operatorId, body.approverId);
  if (giveBack === null) return;
  if (giveBack.kind !== 'failed' || giveBack.method !== 'refund' || giveBack.paidInCash) {
    fault(books, 'giveBackId', 'only a refund that was refused is paid out, and once');
  }
  mustBe(books, 'amount_fen', body.amount_fen, giveBack.amount_fen);
  giveBack.paidInCash = true;
  books.owedBack.delete(giveBack);
  postLateGiveBack(books, 'paidInCash', { ...giveBack, amount_fen: body.amount_fen });
}

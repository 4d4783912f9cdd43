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
import { forGoods_fen, surplusOf_fen } from './due.ts';
import { takeNumber, takeReceiptId } from './numbers.ts';
import { cashierOf, count, countOverride, postLines, walletOf } from './period.ts';
import { times } from './money.ts';
import type { Body, GiveBackBody, ReturnBody, Settled } from './record-shapes.ts';
import { lostOf } from './written-off.ts';
import { postEnd, postLateGiveBack, settleTwice, takeLossSeen } from './twice-back.ts';

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
  books.lostAtReturn = lostOf(books, saleId);
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
  giveBack.promised_fen += by_fen;
  const attempt = books.attempts.get(giveBack.attemptId);
  if (attempt !== undefined) attempt.givenBack_fen += by_fen;
  const goodsReturn = giveBack.returnId === null ? undefined : books.returns.get(giveBack.returnId);
  if (goodsReturn !== undefined) goodsReturn.givenBack_fen += by_fen;
}

/** What the till promises is never more than was taken, nor than the return is worth. */
function checkPromise(books: Books, giveBack: GiveBackEntry): void {
  const path = 'giveBack.amount_fen';
  const attempt = books.attempts.get(giveBack.attemptId);
  const back_fen = attempt === undefined ? 0 : forGoods_fen(attempt);
  if (attempt !== undefined && back_fen > attempt.amount_fen) {
    fault(books, path, `${back_fen} fen go back of ${attempt.amount_fen} that were approved`);
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
  // What takes another's place goes by the decision of then.
  if (body.cause === 'dropped' && body.replaces === undefined && sale.phase !== 'cancelling') {
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

/** What it takes the place of: failed for good, of the same money, and nothing else stands in that place. */
function replacedBy(books: Books, { replaces, attemptId, amount_fen }: GiveBackBody): GiveBackEntry | null {
  if (replaces === undefined) return null;
  const path = 'giveBack.replaces';
  const before = named(books, books.giveBacks, path, replaces);
  if (before === null) return null;
  if (before.kind !== 'failed') fault(books, path, `${replaces} has not failed`);
  if (before.after !== null || before.paidInCash) fault(books, path, `${replaces} was replaced or paid out`);
  mustBe(books, 'giveBack.attemptId', attemptId, before.attemptId);
  mustBe(books, 'giveBack.amount_fen', amount_fen, before.amount_fen);
  return before;
}

export function giveBackOpened(books: Books, { giveBack: body }: Body<'giveBack.opened'>): void {
  if (!isNew(books, books.giveBacks, 'giveBack.giveBackId', body.giveBackId)) return;
  if (isNew(books, books.orderNumbers, 'giveBack.requestNumber', body.requestNumber)) {
    books.orderNumbers.add(body.requestNumber);
  }
  checkGiveBack(books, body);
  const before = replacedBy(books, body);
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
    promised_fen: 0,
    isDoneByWord: false,
    before,
    after: null,
  };
  if (before !== null) {
    // A refused void is promised no more; a refund still was.
    if (before.method === 'refund') {
      if (books.owedBack.has(before)) postEnd(books, 'replaced', before);
      withdraw(books, before);
    }
    before.after = entry;
  }
  books.giveBacks.set(entry.giveBackId, entry);
  books.attempts.get(entry.attemptId)?.giveBacks.push(entry);
  books.owedBack.add(entry);
  promise(books, entry, entry.amount_fen);
  // In the place of another one it is the promise of then, whatever the acquirer gave back against its word meanwhile.
  if (before === null) checkPromise(books, entry);
}

/** Owed no more: another one stands for it. */
function withdraw(books: Books, giveBack: GiveBackEntry): void {
  if (books.owedBack.delete(giveBack)) promise(books, giveBack, -giveBack.amount_fen);
}

function isBackBefore({ before }: GiveBackEntry): boolean {
  return before !== null && (before.kind === 'done' || before.paidInCash || isBackBefore(before));
}

/** Whether the last refund that failed is owed: not when one before it gave the money back after all. */
function settleLast(books: Books, moved: GiveBackEntry): void {
  let last = moved;
  while (last.after !== null) last = last.after;
  if (last.before === null || last.kind !== 'failed' || last.method !== 'refund' || last.paidInCash) return;
  if (isBackBefore(last)) {
    if (last !== moved && books.owedBack.has(last)) postEnd(books, 'backByAnother', last);
    withdraw(books, last);
  } else if (!books.owedBack.has(last)) {
    books.owedBack.add(last);
    promise(books, last, last.amount_fen);
  }
}

/** The wallet's sums, and back again where the word that it was done is contradicted. */
function countBack(books: Books, { scheme, rail, amount_fen, method }: GiveBackEntry, sign: 1 | -1): void {
  const wallet = walletOf(books.period, scheme, rail);
  const sums = method === 'void' ? [wallet.voids, books.period.control.voids] : [wallet.refunds];
  for (const sum of sums) {
    sum.count += sign;
    sum.amount_fen += sign * amount_fen;
  }
}

/** Bill or office called it done, and the acquirer refuses it: a refund is owed again, a void by the refund after it. */
function contradicted(books: Books, giveBack: GiveBackEntry): void {
  countBack(books, giveBack, -1);
  if (giveBack.method === 'void') return;
  // Not where another one, or cash, stands for it: that was promised on its own.
  if (giveBack.after === null && !giveBack.paidInCash) books.owedBack.add(giveBack);
  else promise(books, giveBack, -giveBack.amount_fen);
}

function done(books: Books, giveBack: GiveBackEntry): void {
  const { method } = giveBack;
  countBack(books, giveBack, 1);
  postLateGiveBack(books, method === 'void' ? 'voided' : 'refunded', giveBack);
  books.owedBack.delete(giveBack);
}

export function giveBackMoved(books: Books, body: Body<'giveBack.moved'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  if (giveBack === null) return;
  const { kind, by } = body.machine.state;
  if (giveBack.kind === 'done') {
    if (!giveBack.isDoneByWord || (kind !== 'failed' && kind !== 'done'))
      fault(books, 'machine.state.kind', 'a give-back that was done moved');
    // A better proof changes no figure.
    if (kind === 'done') {
      giveBack.isDoneByWord = by !== undefined;
      settleTwice(books, giveBack);
      return;
    }
    contradicted(books, giveBack);
  }
  // An acquirer that refused and then did it all the same: what took its place is promised, or was paid out, besides.
  const isBesides = giveBack.method === 'void' || !books.owedBack.has(giveBack);
  if (giveBack.kind === 'failed' && kind !== 'failed' && isBesides)
    promise(books, giveBack, giveBack.amount_fen);
  const isDoubted = giveBack.kind === 'failed' && kind === 'failed';
  giveBack.kind = kind;
  // Another one of its money was denied: it stands for what it stood for.
  if (isDoubted) return;
  giveBack.isDoneByWord = kind === 'done' && by !== undefined;
  if (kind === 'done') done(books, giveBack);
  if (kind === 'failed') {
    if (giveBack.method === 'refund') postLateGiveBack(books, 'refundFailed', giveBack);
    else {
      postEnd(books, 'voidRefused', giveBack);
      promise(books, giveBack, -giveBack.amount_fen);
      books.owedBack.delete(giveBack);
    }
  }
  if (kind !== 'done' && kind !== 'failed') return;
  settleLast(books, giveBack);
  settleTwice(books, giveBack);
}

export function retried(books: Books, body: Body<'giveBack.retried'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  countOverride(books.period, body.operatorId, body.approverId);
  if (giveBack === null) return;
  if (!books.owedBack.has(giveBack) || giveBack.kind !== 'failed')
    fault(books, 'giveBackId', 'only a refund that failed and is owed is tried again');
  mustBe(books, 'amount_fen', body.amount_fen, giveBack.amount_fen);
}

export function lossSeen(books: Books, body: Body<'giveBack.lossSeen'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  countOverride(books.period, body.operatorId, body.approverId);
  if (giveBack === null) return;
  if (!books.twiceBack.has(giveBack))
    fault(books, 'giveBackId', 'only money that went back twice is looked into, and once');
  mustBe(books, 'amount_fen', body.amount_fen, giveBack.amount_fen);
  takeLossSeen(books, giveBack);
}

/** Said to be back by other means: that stands in no figure before the record after it calls it done. */
export function checked(books: Books, body: Body<'giveBack.checked'>): void {
  const giveBack = named(books, books.giveBacks, 'giveBackId', body.giveBackId);
  countOverride(books.period, body.operatorId, body.approverId);
  if (giveBack === null) return;
  if (!books.owedBack.has(giveBack) || giveBack.kind !== 'failed')
    fault(books, 'giveBackId', 'only a refund that failed and is owed is looked for elsewhere');
  mustBe(books, 'amount_fen', body.amount_fen, giveBack.amount_fen);
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
  if (giveBack.kind !== 'failed' || giveBack.method !== 'refund' || !books.owedBack.has(giveBack)) {
    fault(books, 'giveBackId', 'only a refund that was refused is paid out, and once');
  }
  mustBe(books, 'amount_fen', body.amount_fen, giveBack.amount_fen);
  giveBack.paidInCash = true;
  books.owedBack.delete(giveBack);
  postLateGiveBack(books, 'paidInCash', { ...giveBack, amount_fen: body.amount_fen });
}

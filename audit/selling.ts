// Sales from the first line to the receipt: the counter, the lines, the cash, the completion.
import { type Books, fault, isNew, mustBe, named, type SaleEntry, type SoldLine } from './books.ts';
import { shanghaiHour } from './calendar.ts';
import { checkCash, checkCompletion } from './check-sale.ts';
import { dueOf_fen, isOnTrust, saleTotal_fen } from './due.ts';
import { takeNumber, takeReceiptId } from './numbers.ts';
import { cashierOf, count, countHour, postLines } from './period.ts';
import type { Body } from './record-shapes.ts';

function saleOf(books: Books, saleId: string): SaleEntry | null {
  return named(books, books.sales, 'saleId', saleId);
}

/** The sale on the counter: a fault when the record speaks of another one. */
function counterSale(books: Books, saleId: string): SaleEntry | null {
  const sale = saleOf(books, saleId);
  if (sale !== null && books.counterSaleId !== saleId) {
    fault(books, 'saleId', `${saleId} is not the sale on the counter`);
  }
  return sale;
}

function end(books: Books, sale: SaleEntry, phase: SaleEntry['phase']): void {
  sale.phase = phase;
  sale.isParked = false;
  books.liveSales.delete(sale);
}

export function opened(books: Books, body: Body<'sale.opened'>): void {
  if (!isNew(books, books.sales, 'saleId', body.saleId)) return;
  const sale: SaleEntry = {
    saleId: body.saleId,
    openedAt_ms: body.at_ms,
    zNumber: books.period.zNumber,
    phase: 'open',
    isParked: false,
    lines: new Map(),
    attempts: [],
    cash_fen: 0,
    cashRounding_fen: 0,
    cashRefunds_fen: 0,
    writtenOff_fen: 0,
    returned_fen: 0,
    completed: null,
  };
  books.sales.set(sale.saleId, sale);
  books.liveSales.add(sale);
  books.counterSaleId = sale.saleId;
  books.period.openedAt_ms ??= body.at_ms;
}

export function lineAdded(books: Books, body: Body<'sale.lineAdded'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale === null || !isNew(books, sale.lines, 'lineId', body.lineId)) return;
  const { price_fen, tax_bp } = body.goods;
  sale.lines.set(body.lineId, { price_fen, tax_bp, quantity: body.quantity });
}

export function quantitySet(books: Books, body: Body<'sale.quantitySet'>): void {
  const sale = counterSale(books, body.saleId);
  const line = sale === null ? null : named(books, sale.lines, 'lineId', body.lineId);
  if (line !== null) line.quantity = body.quantity;
}

export function lineRemoved(books: Books, body: Body<'sale.lineRemoved'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale !== null && named(books, sale.lines, 'lineId', body.lineId) !== null) {
    sale.lines.delete(body.lineId);
  }
  books.period.control.removedLines += 1;
  cashierOf(books.period, body.operatorId).removedLines += 1;
}

export function tendering(books: Books, body: Body<'sale.tendering'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale !== null) sale.phase = 'tendering';
}

export function reopened(books: Books, body: Body<'sale.reopened'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale !== null) sale.phase = 'open';
}

export function parked(books: Books, body: Body<'sale.parked'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale !== null) sale.isParked = true;
  books.counterSaleId = null;
}

export function recalled(books: Books, body: Body<'sale.recalled'>): void {
  const sale = saleOf(books, body.saleId);
  if (sale === null) return;
  if (!sale.isParked) fault(books, 'saleId', `${body.saleId} is not parked`);
  sale.isParked = false;
  sale.phase = body.to;
  books.counterSaleId = sale.saleId;
}

export function cashTaken(books: Books, body: Body<'sale.cashTaken'>): void {
  const { cash } = body;
  const sale = counterSale(books, body.saleId);
  if (sale !== null) {
    checkCash(books, sale, cash);
    sale.cash_fen += cash.amount_fen;
    sale.cashRounding_fen += cash.rounding_fen;
  }
  count(books.period.cash.sales, cash.amount_fen);
  books.period.cash.rounding_fen += cash.rounding_fen;
  if (books.shift !== null) books.shift.sales_fen += cash.amount_fen;
}

export function cancelling(books: Books, body: Body<'sale.cancelling'>): void {
  const sale = counterSale(books, body.saleId);
  if (sale !== null) end(books, sale, 'cancelling');
}

export function cancelled(books: Books, body: Body<'sale.cancelled'>): void {
  const sale = saleOf(books, body.saleId);
  if (sale !== null) {
    mustBe(books, 'total_fen', body.total_fen, saleTotal_fen(sale));
    end(books, sale, 'cancelled');
  }
  count(books.period.control.cancelledSales, body.total_fen);
  cashierOf(books.period, body.operatorId).cancelledSales += 1;
}

export function completed(books: Books, body: Body<'sale.completed'>): void {
  const { period } = books;
  takeNumber(books, 'receipt', 'receiptNumber', body.receiptNumber);
  takeReceiptId(books, 'receiptId', body.receiptId);
  const sale = saleOf(books, body.saleId);
  if (sale !== null) {
    checkCompletion(books, sale, body);
    const unreturned = new Map<string, SoldLine>();
    for (const { lineId, ...line } of body.settled) {
      unreturned.set(lineId, { ...line, price_fen: sale.lines.get(lineId)?.price_fen ?? 0 });
    }
    const { receiptId, receiptNumber } = body;
    sale.completed = { zNumber: period.zNumber, receiptId, receiptNumber, unreturned };
    end(books, sale, 'completed');
  }
  const paid_fen = body.total_fen - body.rounding_fen;
  postLines(period, 'sales', body.settled);
  const cashier = cashierOf(period, body.operatorId);
  count(cashier.sales, paid_fen);
  for (const line of body.settled) cashier.items += line.quantity;
  countHour(period, shanghaiHour(body.at_ms), paid_fen);
  books.grand.sales_fen += paid_fen;
  period.firstReceipt ??= body.receiptNumber;
  period.lastReceipt = body.receiptNumber;
}

export function confirmed(books: Books, body: Body<'sale.confirmed'>): void {
  const sale = saleOf(books, body.saleId);
  if (sale === null) return;
  if (sale.completed === null) fault(books, 'saleId', `${body.saleId} was not completed`);
  if (sale.attempts.some(isOnTrust)) fault(books, 'saleId', `a payment of ${body.saleId} is on trust`);
  if (dueOf_fen(sale) !== 0) fault(books, 'saleId', `${dueOf_fen(sale)} fen of ${body.saleId} are due`);
}

export function collecting(books: Books, body: Body<'sale.collecting'>): void {
  if (saleOf(books, body.saleId) !== null) books.counterSaleId = body.saleId;
}

export function left(books: Books, body: Body<'sale.left'>): void {
  const sale = counterSale(books, body.saleId);
  const { receiptId } = body;
  if (sale !== null && receiptId !== undefined)
    mustBe(books, 'receiptId', receiptId, sale.completed?.receiptId ?? '');
  books.counterSaleId = null;
}

export function known(books: Books, body: Body<'sale.walletPartSet'>): void {
  counterSale(books, body.saleId);
}

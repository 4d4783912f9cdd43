// What must hold when cash is taken and when a sale is completed: lines, tax and money agree to the fen.
import { type Books, fault, mustBe, type SaleEntry } from './books.ts';
import { dueOf_fen, isOnTrust, uncovered_fen } from './due.ts';
import { taxIncluded_fen, times } from './money.ts';
import type { Body, Settled } from './record-shapes.ts';

export function checkCash(books: Books, sale: SaleEntry, cash: Body<'sale.cashTaken'>['cash']): void {
  mustBe(books, 'cash.change_fen', cash.change_fen, cash.received_fen - cash.amount_fen);
  mustBe(books, 'cash.amount_fen', cash.amount_fen, dueOf_fen(sale) - cash.rounding_fen);
}

function checkLines(books: Books, sale: SaleEntry, settled: readonly Settled[]): void {
  if (settled.length !== sale.lines.size) {
    fault(books, 'settled', `${settled.length} lines, but the sale has ${sale.lines.size}`);
  }
  const seen = new Set<string>();
  for (const [index, line] of settled.entries()) {
    const path = `settled[${index}]`;
    const sold = sale.lines.get(line.lineId);
    if (sold === undefined || seen.has(line.lineId)) {
      fault(books, `${path}.lineId`, `${line.lineId} is not a line of the sale, or is there twice`);
      continue;
    }
    seen.add(line.lineId);
    mustBe(books, `${path}.quantity`, line.quantity, sold.quantity);
    mustBe(books, `${path}.tax_bp`, line.tax_bp, sold.tax_bp);
    mustBe(books, `${path}.gross_fen`, line.gross_fen, times(sold.price_fen, sold.quantity));
    if (line.rounding_fen > line.gross_fen) {
      fault(books, `${path}.rounding_fen`, `${line.rounding_fen} of ${line.gross_fen}`);
    }
  }
}

/** Tax is inside the price: rounded once per rate, over all that was paid at that rate. */
function checkTax(books: Books, settled: readonly Settled[]): void {
  const rates = new Map<number, { paid_fen: number; tax_fen: number }>();
  for (const line of settled) {
    const rate = rates.get(line.tax_bp) ?? { paid_fen: 0, tax_fen: 0 };
    rate.paid_fen += line.gross_fen - line.rounding_fen;
    rate.tax_fen += line.tax_fen;
    rates.set(line.tax_bp, rate);
  }
  for (const [rate_bp, { paid_fen, tax_fen }] of rates) {
    mustBe(books, `settled tax_fen at ${rate_bp} bp`, tax_fen, taxIncluded_fen(paid_fen, rate_bp));
  }
}

export function checkCompletion(books: Books, sale: SaleEntry, body: Body<'sale.completed'>): void {
  if (sale.completed !== null) fault(books, 'saleId', `${body.saleId} was completed before`);
  if (body.isAside === true) mustBe(books, 'isAside', body.saleId === books.counterSaleId, false);
  checkLines(books, sale, body.settled);
  checkTax(books, body.settled);
  let gross_fen = 0;
  let rounding_fen = 0;
  for (const line of body.settled) {
    gross_fen += line.gross_fen;
    rounding_fen += line.rounding_fen;
  }
  mustBe(books, 'total_fen', body.total_fen, gross_fen);
  mustBe(books, 'rounding_fen', body.rounding_fen, rounding_fen);
  mustBe(books, 'rounding_fen', body.rounding_fen, sale.cashRounding_fen);
  const open_fen = uncovered_fen(sale);
  if (open_fen !== 0) fault(books, 'saleId', `${open_fen} fen of it are not covered by its tenders`);
  mustBe(books, 'pending', body.pending, sale.attempts.some(isOnTrust));
}

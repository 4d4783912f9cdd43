// What a sale is worth, what wallets and cash cover of it, and what is due.
import type { AttemptEntry, SaleEntry } from './books.ts';
import { times } from './money.ts';
import type { PaymentKind } from './record-shapes.ts';

const proven: ReadonlySet<PaymentKind> = new Set([
  'approved',
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'closed',
]);

export function isProvenKind(kind: PaymentKind): boolean {
  return proven.has(kind);
}

/** Deferred, and its outcome not proven yet. */
export function isOnTrust(attempt: AttemptEntry): boolean {
  return attempt.deferred && !isProvenKind(attempt.kind);
}

export function saleTotal_fen(sale: SaleEntry): number {
  let total_fen = 0;
  for (const line of sale.lines.values()) total_fen += times(line.price_fen, line.quantity);
  return total_fen;
}

/** What wallets cover of the sale: approved without the surplus and never given up, or on trust because the goods left. */
function walletMoney_fen(sale: SaleEntry): number {
  let money_fen = 0;
  for (const attempt of sale.attempts) {
    if (attempt.kind === 'approved')
      money_fen += attempt.isUnwanted ? 0 : attempt.amount_fen - attempt.surplus_fen;
    else if (isOnTrust(attempt)) money_fen += attempt.amount_fen;
  }
  return money_fen;
}

/** What no tender covers; below zero where more was taken than the sale is worth. */
export function uncovered_fen(sale: SaleEntry): number {
  return saleTotal_fen(sale) - walletMoney_fen(sale) - sale.cash_fen - sale.cashRounding_fen;
}

/** What no money has come for: a second try on trust is none. */
function missing_fen(sale: SaleEntry): number {
  let tries_fen = 0;
  for (const one of sale.attempts) if (one.collects && isOnTrust(one)) tries_fen += one.amount_fen;
  return Math.max(0, uncovered_fen(sale) + tries_fen);
}

/** Of that, what is not written off. */
export function lostOf_fen(sale: SaleEntry): number {
  return Math.max(0, missing_fen(sale) - sale.writtenOff_fen);
}

/** What was written off and came after all is written off no more. */
export function takeBackWriteOff(sale: SaleEntry): void {
  sale.writtenOff_fen = Math.min(sale.writtenOff_fen, missing_fen(sale));
}

/** What is asked for: without what was written off. */
export function dueOf_fen(sale: SaleEntry): number {
  const open_fen = uncovered_fen(sale);
  return open_fen > 0 ? Math.max(0, open_fen - sale.writtenOff_fen) : open_fen;
}

function isAllBack(sale: SaleEntry): boolean {
  const lines = [...(sale.completed?.unreturned.values() ?? [])];
  return lines.every((line) => line.quantity === 0);
}

/** The goods have left and did not all come back. */
export function isSold(sale: SaleEntry): boolean {
  return sale.completed !== null && !isAllBack(sale);
}

/** No money of this sale is wanted: it was dropped, its goods are all back, or they are being chosen anew. */
function needsNothing(sale: SaleEntry): boolean {
  if (sale.completed !== null) return isAllBack(sale);
  if (sale.phase === 'open') return !sale.isParked;
  return sale.phase === 'cancelling' || sale.phase === 'cancelled';
}

/** What a payment gives back, each fen of it once: what an acquirer gave back against its own word is a loss beside it. */
export function forGoods_fen({ givenBack_fen, giveBacks }: AttemptEntry): number {
  let besides_fen = 0;
  for (const last of giveBacks.filter(({ after }) => after === null)) {
    let chain_fen = last.promised_fen;
    for (let one = last.before; one !== null; one = one.before) chain_fen += one.promised_fen;
    besides_fen += Math.max(0, chain_fen - last.amount_fen);
  }
  return givenBack_fen - besides_fen;
}

/** Of an approved payment, what its sale does not need. Goods that came back unpaid, and got nothing, need no money either. */
export function surplusOf_fen(sale: SaleEntry, attempt: AttemptEntry): number {
  if (attempt.isUnwanted || needsNothing(sale)) return attempt.amount_fen;
  let refunded_fen = sale.cashRefunds_fen;
  for (const one of sale.attempts) {
    refunded_fen += Math.min(one.amount_fen, forGoods_fen(one)) - one.surplus_fen;
  }
  const unrefunded_fen = Math.max(0, sale.returned_fen - refunded_fen);
  return Math.min(attempt.amount_fen, Math.max(0, unrefunded_fen - uncovered_fen(sale)));
}

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

/** A second try, on trust, in the place of what was lost: no money yet. */
export function isTryOnTrust(attempt: AttemptEntry): boolean {
  return attempt.collects && isOnTrust(attempt);
}

/** What no money has come for. */
export function missing_fen(sale: SaleEntry): number {
  let tries_fen = 0;
  for (const one of sale.attempts) if (isTryOnTrust(one)) tries_fen += one.amount_fen;
  return Math.max(0, uncovered_fen(sale) + tries_fen);
}

/** What this try is to pay of that lost payment. Where no record told, of what was written off since, in the order of the payments. */
export function meantFor_fen(sale: SaleEntry, one: AttemptEntry, lost: AttemptEntry): number {
  if (!one.collects) return 0;
  if (one.inPlaceOf !== null) {
    return one.inPlaceOf.find(({ attemptId }) => attemptId === lost.attemptId)?.amount_fen ?? 0;
  }
  let before_fen = 0;
  for (const each of sale.attempts) {
    if (each === lost) break;
    before_fen += each.writtenOff_fen;
  }
  return Math.max(0, Math.min(lost.writtenOff_fen, one.amount_fen - before_fen));
}

/** What tries on trust are to pay of it. */
export function triedFor_fen(sale: SaleEntry, lost: AttemptEntry): number {
  let tried_fen = 0;
  for (const one of sale.attempts) if (isTryOnTrust(one)) tried_fen += meantFor_fen(sale, one, lost);
  return tried_fen;
}

/** What is asked for: without what was written off, unless a try on trust may still pay that, which covers it already. */
export function dueOf_fen(sale: SaleEntry): number {
  const open_fen = uncovered_fen(sale);
  if (open_fen <= 0) return open_fen;
  let forgone_fen = sale.writtenOff_fen;
  for (const one of sale.attempts) {
    if (one.writtenOff_fen > 0) forgone_fen -= Math.min(one.writtenOff_fen, triedFor_fen(sale, one));
  }
  return Math.max(0, open_fen - forgone_fen);
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

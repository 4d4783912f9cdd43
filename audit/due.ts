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

/** What wallets cover of the sale: approved and not asked back, on trust because the goods left, or lost and written off. */
export function walletMoney_fen(sale: SaleEntry): number {
  let money_fen = 0;
  for (const attempt of sale.attempts) {
    if (attempt.kind === 'approved') money_fen += attempt.amount_fen - attempt.givenBack_fen;
    else if (isOnTrust(attempt) || attempt.writtenOff) money_fen += attempt.amount_fen;
  }
  return money_fen;
}

export function dueOf_fen(sale: SaleEntry): number {
  return saleTotal_fen(sale) - walletMoney_fen(sale) - sale.cash_fen - sale.cashRounding_fen;
}

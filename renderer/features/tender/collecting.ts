// A sold sale whose offline payment has failed: which payment that was, and what is settled beside it. Pure, for its test.
import type { PaymentStateKind, PaymentView, SaleView } from '../../../contract/snapshot.ts';
import { paymentAtHand } from './at-hand.ts';

const paying: ReadonlySet<PaymentStateKind> = new Set(['approved', 'settled', 'voiding', 'voided']);

/** It takes a tender now: in the tender step, or sold on trust and not paid. */
export function isBeingPaid({ state, isCollecting }: SaleView): boolean {
  return state === 'tendering' || isCollecting;
}

/** Ended without money: what a Z has closed over, or what went back later, had been paid. */
export function tookNothing({ unproven, state }: PaymentView): boolean {
  return !unproven && !paying.has(state);
}

/** Queued once, and ended without money. */
export function isLost(payment: PaymentView): boolean {
  return payment.deferred && tookNothing(payment);
}

/** The newest one: that is what the cashier hears of. */
export function newestLost(sale: SaleView): PaymentView | null {
  return sale.payments.findLast(isLost) ?? null;
}

/** That one, while the payment at hand is the failed one. */
export function lostAtHand(sale: SaleView): PaymentView | null {
  const payment = paymentAtHand(sale);
  return sale.isCollecting && payment !== undefined && isLost(payment) ? payment : null;
}

const sum_fen = (payments: readonly PaymentView[]): number =>
  payments.reduce((sum, { amount_fen }) => sum + amount_fen, 0);

/**
 * What is settled of the total beside `cash_fen`, the cash of this moment: by wallets that have paid, by what is queued and not charged
 * yet, and `other_fen`: earlier cash, and what was written off.
 */
export function settledBeside_fen(sale: SaleView, cash_fen: number) {
  const rest_fen = Math.max(0, sale.total_fen - Math.max(0, sale.due_fen) - cash_fen);
  const paid_fen = sum_fen(sale.payments.filter(({ state }) => paying.has(state)));
  const promised_fen = sum_fen(sale.payments.filter(({ deferred, unproven }) => deferred && unproven));
  // Of a payment that paid too much, only what was due.
  const wallets_fen = Math.min(paid_fen, rest_fen);
  const queued_fen = Math.min(promised_fen, rest_fen - wallets_fen);
  return { wallets_fen, queued_fen, other_fen: rest_fen - wallets_fen - queued_fen };
}

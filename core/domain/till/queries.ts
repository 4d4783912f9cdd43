// Questions to the till's state: what is due, what is unproven, what is at risk. Pure.
import { assert } from '../assert.ts';
import { sum_fen } from '../money.ts';
import { isProven } from '../payment/state.ts';
import { type Sale, saleTotal_fen } from '../sale/sale.ts';
import type { Attempt, TillState } from './state.ts';

export function currentSale(state: TillState): Sale | null {
  if (state.currentSaleId === null) return null;
  const sale = state.sales[state.currentSaleId];
  assert(sale, `current sale ${state.currentSaleId} is not loaded`);
  return sale;
}

export function attemptsOf(state: TillState, sale: Sale): Attempt[] {
  return sale.attemptIds.map((attemptId) => {
    const attempt = state.attempts[attemptId];
    assert(attempt, `attempt ${attemptId} of sale ${sale.saleId} is not loaded`);
    return attempt;
  });
}

/** Deferred and still open: queued, or forwarded without a proof yet. */
export function isDeferredOpen(attempt: Attempt): boolean {
  return attempt.machine.deferred && !isProven(attempt.machine.state);
}

/** In the way of another tender: unproven, and not a queued payment whose goods have left. */
export function isBlocking(attempt: Attempt): boolean {
  return !isProven(attempt.machine.state) && !attempt.machine.deferred;
}

/** What this attempt pays now: approved money, or a queued promise. */
export function covered_fen(attempt: Attempt): number {
  return attempt.machine.state.kind === 'approved' || isDeferredOpen(attempt) ? attempt.amount_fen : 0;
}

export function due_fen(state: TillState, sale: Sale): number {
  return saleTotal_fen(sale) - sum_fen(attemptsOf(state, sale).map(covered_fen));
}

export type Exposure = { count: number; total_fen: number; oldest_ms: number | null };

/** Money at risk: goods gone, outcome unproven. Equals a recomputation from the journal (docs/invariants.md). */
export function exposure(state: TillState): Exposure {
  const open = Object.values(state.attempts).filter(isDeferredOpen);
  return {
    count: open.length,
    total_fen: sum_fen(open.map((attempt) => attempt.amount_fen)),
    oldest_ms: open.reduce<number | null>(
      (oldest, attempt) => (oldest === null ? attempt.openedAt_ms : Math.min(oldest, attempt.openedAt_ms)),
      null,
    ),
  };
}

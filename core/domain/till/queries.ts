// Questions to the till's state: what is due, what is unproven, what is at risk. Pure.
import { assert } from '../assert.ts';
import { besides_fen } from '../giveback/chain.ts';
import { sum_fen } from '../money.ts';
import type { PaymentPolicy } from '../payment/policy.ts';
import { isProven } from '../payment/state.ts';
import { nextInquiryAt_ms } from '../payment/steps.ts';
import { type Sale, saleTotal_fen } from '../sale/sale.ts';
import type { Attempt, LostPart, Receipt, Shift, TillState } from './state.ts';

export function currentSale(state: TillState): Sale | null {
  if (state.currentSaleId === null) return null;
  const sale = state.sales[state.currentSaleId];
  assert(sale, `current sale ${state.currentSaleId} is not loaded`);
  return sale;
}

/** Goods or a payment are on the counter: that customer is served, parked or dropped first. An empty sale gives way. */
export function isCounterTaken(state: TillState): boolean {
  const sale = currentSale(state);
  return (sale?.state === 'open' && sale.lines.length > 0) || sale?.state === 'tendering';
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

/**
 * Forwarded, and its answer is near: it takes one of the route's lanes. What the acquirer leaves undecided for longer is asked about slowly,
 * and holds up no other.
 */
export function isFlying({ machine }: Attempt, policy: PaymentPolicy, now_ms: number): boolean {
  const { deferred, state } = machine;
  if (!deferred) return false;
  if (state.kind !== 'unknown' && state.kind !== 'inquiring') return state.kind === 'authorizing';
  return nextInquiryAt_ms(policy, state, now_ms) !== undefined;
}

/** What was paid by it, or may yet be: one that took nothing says nothing of its sale. */
export function paysFor(attempt: Attempt): boolean {
  return attempt.machine.state.kind === 'approved' || !isProven(attempt.machine.state);
}

/** An obligation: neither paid, not charged nor given back. */
export function isOpenAttempt(attempt: Attempt): boolean {
  return !isProven(attempt.machine.state);
}

/**
 * Past the one-way door: no other tender waits for it. Whatever is found, it will not pay this sale; but for a code of ours that is being
 * closed, which pays if it was paid meanwhile, and goes back where the sale has its money by then.
 */
export function isLeaving(attempt: Attempt): boolean {
  const { kind } = attempt.machine.state;
  return kind === 'reversing' || kind === 'disputed' || kind === 'closing';
}

/** In the way of another tender: unproven, and not a queued payment whose goods have left. */
export function isBlocking(attempt: Attempt): boolean {
  return !isProven(attempt.machine.state) && !attempt.machine.deferred;
}

/** Not decided, and this side of the one-way door. */
export function isUndecided(attempt: Attempt): boolean {
  return isBlocking(attempt) && !isLeaving(attempt);
}

/** What these may have charged, without a result and for no sale: goods that left on trust are covered by what is queued for them. */
export function inDoubt_fen(attempts: readonly Attempt[]): number {
  return sum_fen(attempts.filter(isBlocking).map((one) => one.amount_fen));
}

/** What this attempt pays now: approved money, or a queued promise. */
export function covered_fen(attempt: Attempt): number {
  const isCovering = attempt.machine.state.kind === 'approved' || isDeferredOpen(attempt);
  return isCovering ? attempt.amount_fen - attempt.surplus_fen : 0;
}

/** Not covered by any tender, write-offs apart; negative when more was taken than the sale is worth. */
export function uncovered_fen(state: TillState, sale: Sale): number {
  const { cash } = sale;
  // 抹零 is nobody's debt any more.
  const cash_fen = cash === null ? 0 : cash.amount_fen + cash.rounding_fen;
  return saleTotal_fen(sale) - sum_fen(attemptsOf(state, sale).map(covered_fen)) - cash_fen;
}

/** On trust in the place of a payment that was lost: another try, and no money yet. */
function isTryOnTrust(attempt: Attempt): boolean {
  return attempt.collects === true && isDeferredOpen(attempt);
}

/** What this payment of `attempts`, those of its sale, pays anew. Where it was not told: what was written off since. */
export function placesOf(attempt: Attempt, attempts: readonly Attempt[]): readonly LostPart[] {
  if (attempt.inPlaceOf !== undefined) return attempt.inPlaceOf;
  if (attempt.collects !== true) return [];
  let left_fen = attempt.amount_fen;
  return attempts.map(({ attemptId, writtenOff_fen = 0 }) => {
    const amount_fen = Math.min(left_fen, writtenOff_fen);
    left_fen -= amount_fen;
    return { attemptId, amount_fen };
  });
}

/** By the payment that was lost: what tries on trust would pay of it. */
export function promisedAnew(attempts: readonly Attempt[]): ReadonlyMap<string, number> {
  const promised = new Map<string, number>();
  for (const one of attempts.filter(isTryOnTrust))
    for (const { attemptId, amount_fen } of placesOf(one, attempts))
      promised.set(attemptId, (promised.get(attemptId) ?? 0) + amount_fen);
  return promised;
}

/** Written off, and not promised by a try on trust besides, which would be the same fen a second time. */
export function writtenOffAlone_fen(sale: Sale, attempts: readonly Attempt[]): number {
  if (sale.writtenOff_fen === 0) return 0;
  const promised = promisedAnew(attempts);
  const twice = attempts.map(({ attemptId, writtenOff_fen = 0 }) =>
    Math.min(writtenOff_fen, promised.get(attemptId) ?? 0),
  );
  return sale.writtenOff_fen - sum_fen(twice);
}

/** What is still to be paid. What was written off is not asked for; paid after all it is simply paid. */
export function due_fen(state: TillState, sale: Sale): number {
  const open_fen = uncovered_fen(state, sale);
  if (open_fen <= 0) return open_fen;
  return Math.max(0, open_fen - writtenOffAlone_fen(sale, attemptsOf(state, sale)));
}

/** No money of it has come: a try on trust is none yet. */
export function missing_fen(state: TillState, sale: Sale): number {
  const tries = attemptsOf(state, sale).filter(isTryOnTrust);
  return Math.max(0, uncovered_fen(state, sale) + sum_fen(tries.map(covered_fen)));
}

/** On trust in the place of what counts neither as lost nor as written off any more: such a try is all that stands for its money. */
function alone_fen(state: TillState, attempts: readonly Attempt[]): number {
  // Where it was not told, a try stands beside what was lost.
  const tries = attempts.filter((one) => isTryOnTrust(one) && one.inPlaceOf !== undefined);
  const besides = [...promisedAnew(tries)].map(([attemptId, promised_fen]) => {
    const isLost = state.exceptions[attemptId] !== undefined;
    return isLost ? promised_fen : Math.min(promised_fen, state.attempts[attemptId]?.writtenOff_fen ?? 0);
  });
  return sum_fen(tries.map(covered_fen)) - sum_fen(besides);
}

/** Missing, and neither written off nor for a try on trust alone to bring: of this somebody must be told. */
export function lost_fen(state: TillState, sale: Sale): number {
  const alone = alone_fen(state, attemptsOf(state, sale));
  return Math.max(0, missing_fen(state, sale) - sale.writtenOff_fen - alone);
}

/** What each open exception still stands for, by its payment. What was paid anew paid for the oldest first. */
export function lostBy(state: TillState): ReadonlyMap<string, number> {
  const left_fen = new Map<string, number>();
  const lost = new Map<string, number>();
  const open = Object.values(state.exceptions).sort(
    (a, b) => b.at_ms - a.at_ms || (a.attemptId < b.attemptId ? 1 : -1),
  );
  for (const { attemptId, saleId, amount_fen } of open) {
    const sale = state.sales[saleId];
    assert(sale, `sale ${saleId} of exception ${attemptId} is not loaded`);
    const left = left_fen.get(saleId) ?? lost_fen(state, sale);
    const taken_fen = Math.min(amount_fen, left);
    left_fen.set(saleId, left - taken_fen);
    lost.set(attemptId, taken_fen);
  }
  return lost;
}

/** What the next payment code will be asked for. */
export function walletDue_fen(state: TillState, sale: Sale): number {
  const due = due_fen(state, sale);
  return sale.walletPart_fen === null ? due : Math.min(sale.walletPart_fen, due);
}

/** Goods gone, a deferred payment of it ended without money: it may be collected on the counter. */
export function isCollecting(state: TillState, sale: Sale): boolean {
  return sale.state === 'completedPending' && due_fen(state, sale) > 0;
}

export function takesTender(state: TillState, sale: Sale): boolean {
  return sale.state === 'tendering' || isCollecting(state, sale);
}

/** What of a payment went back, or is promised; what went back twice is the shop's loss, and counts once. */
function back_fen(state: TillState, { attemptId, givenBack_fen, givingBack_fen }: Attempt): number {
  return givenBack_fen + givingBack_fen - besides_fen(state.giveBacks, attemptId);
}

/** What a tender may still give back: failed refunds that nobody has paid out yet stay promised. */
export function returnable_fen(state: TillState, attempt: Attempt): number {
  if (attempt.machine.state.kind !== 'approved') return 0;
  return attempt.amount_fen - back_fen(state, attempt);
}

/** What went back, or is promised, for goods of this sale that came back. */
export function refunded_fen(state: TillState, sale: Sale): number {
  const wallets = attemptsOf(state, sale).map(
    (one) => Math.min(one.amount_fen, back_fen(state, one)) - one.surplus_fen,
  );
  return sum_fen(wallets) + sale.cashReturned_fen;
}

export function expectedCash_fen(shift: Shift): number {
  return shift.float_fen + shift.sales_fen - shift.refunds_fen + shift.paidIn_fen - shift.paidOut_fen;
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

const KNOWN_items = 20;

/** Open money x the lost share of the last 90 days, rounded up; without enough history, all of it. */
export function expectedLoss_fen(
  { deferredDays }: Pick<TillState, 'deferredDays'>,
  { total_fen }: Pick<Exposure, 'total_fen'>,
): number {
  const days = Object.values(deferredDays);
  const resolved = days.reduce((sum, day) => sum + day.resolved, 0);
  const lost = days.reduce((sum, day) => sum + day.lost, 0);
  if (resolved < KNOWN_items) return total_fen;
  return Number((BigInt(total_fen) * BigInt(lost) + BigInt(resolved) - 1n) / BigInt(resolved));
}

/** Nothing of it is on paper yet, and it comes by itself. */
export function isWaiting({ print, proof }: Receipt): boolean {
  return print === 'pending' || proof === 'nothing';
}

/** One waits at a time, as with copies: a hand that keeps pressing while paper is out would bury the printer. */
export function isSlipWaiting(state: TillState, slip: 'evidence' | 'code'): boolean {
  return Object.values(state.receipts).some((one) => one.kind === slip && isWaiting(one));
}

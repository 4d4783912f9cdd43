// Wallet payments: the attempts, those whose goods left before the answer, and what is open of them at the end.
import { type AttemptEntry, type Books, fault, isNew, mustBe, named } from './books.ts';
import { DAY_ms, shanghaiDate } from './calendar.ts';
import { dueOf_fen, isProvenKind, isSold } from './due.ts';
import { count, countOverride, type Period, walletOf } from './period.ts';
import type { Body, PaymentKind } from './record-shapes.ts';
import type { Late, Offline } from './report.ts';
import { arrived, checkPlaces, writeOff } from './written-off.ts';

const FORGOTTEN_AFTER_ms = 90 * DAY_ms;

/** An outcome belongs to an earlier Z when its payment or give-back was opened in that period. */
export function postLate(
  period: Period,
  what: string,
  { id, number, amount_fen, zNumber }: Omit<Late, 'what' | 'originalZ'> & { zNumber: number },
): void {
  if (zNumber >= period.zNumber) return;
  period.late.push({ what, id, number, amount_fen, originalZ: zNumber });
}

function postLateAttempt(period: Period, what: string, attempt: AttemptEntry): void {
  const { attemptId: id, orderNumber: number, amount_fen, zNumber } = attempt;
  postLate(period, what, { id, number, amount_fen, zNumber });
}

export function opened(books: Books, { attempt: body }: Body<'payment.opened'>): void {
  if (!isNew(books, books.attempts, 'attempt.attemptId', body.attemptId)) return;
  if (isNew(books, books.orderNumbers, 'attempt.orderNumber', body.orderNumber)) {
    books.orderNumbers.add(body.orderNumber);
  }
  const { kind } = body.machine.state;
  const { deferred } = body.machine;
  mustBe(books, 'attempt.zNumber', body.zNumber, books.period.zNumber);
  mustBe(books, 'attempt.wasDeferred', body.wasDeferred, deferred);
  mustBe(books, 'attempt.givenBack_fen', body.givenBack_fen, 0);
  mustBe(books, 'attempt.givingBack_fen', body.givingBack_fen, 0);
  mustBe(books, 'attempt.surplus_fen', body.surplus_fen, 0);
  const attempt: AttemptEntry = {
    attemptId: body.attemptId,
    saleId: body.saleId,
    orderNumber: body.orderNumber,
    routeId: body.routeId,
    scheme: body.scheme,
    amount_fen: body.amount_fen,
    openedAt_ms: body.openedAt_ms,
    zNumber: body.zNumber,
    kind,
    deferred,
    everDeferred: deferred,
    collects: body.collects === true,
    inPlaceOf: body.inPlaceOf ?? null,
    writtenOff_fen: 0,
    rail: null,
    givenBack_fen: 0,
    surplus_fen: 0,
    giveBacks: [],
    isUnwanted: false,
  };
  books.attempts.set(attempt.attemptId, attempt);
  if (!isProvenKind(kind)) books.unproven.add(attempt);
  const sale = named(books, books.sales, 'attempt.saleId', body.saleId);
  if (sale !== null) {
    const due_fen = dueOf_fen(sale);
    if (attempt.amount_fen > due_fen) {
      fault(books, 'attempt.amount_fen', `${attempt.amount_fen}, but ${due_fen} is due`);
    }
    if (attempt.inPlaceOf !== null) checkPlaces(books, sale, attempt.inPlaceOf, attempt.amount_fen);
    sale.attempts.push(attempt);
  }
  if (deferred) count(books.period.offline.taken, attempt.amount_fen);
}

const deferredOutcome: Partial<Record<PaymentKind, keyof Offline<unknown>>> = {
  approved: 'approved',
  declined: 'declined',
  reversed: 'declined',
  expiredUnsent: 'expired',
};

/** The dates' own order is the order of their texts. */
function resolve(books: Books, at_ms: number, isLost: boolean): void {
  const forgotten = shanghaiDate(at_ms - FORGOTTEN_AFTER_ms);
  for (const date of books.resolvedDays.keys()) if (date <= forgotten) books.resolvedDays.delete(date);
  const date = shanghaiDate(at_ms);
  const day = books.resolvedDays.get(date) ?? { resolved: 0, lost: 0 };
  day.resolved += 1;
  if (isLost) day.lost += 1;
  books.resolvedDays.set(date, day);
}

function lateWord(kind: PaymentKind, cause: string | undefined): string {
  if (kind === 'notSent') return cause === 'cancelled' ? 'cancelled' : 'expired';
  return kind === 'expiredUnsent' || kind === 'closed' ? 'expired' : kind;
}

function postDeferred(books: Books, attempt: AttemptEntry, body: Body<'payment.moved'>): void {
  const { deferred, state } = body.machine;
  const { offline } = books.period;
  if (deferred && !attempt.everDeferred) count(offline.taken, attempt.amount_fen);
  if (!attempt.deferred || isProvenKind(attempt.kind)) return;
  if (!deferred) {
    count(offline.cancelled, attempt.amount_fen);
    return;
  }
  const outcome = deferredOutcome[state.kind];
  if (outcome !== undefined) count(offline[outcome], attempt.amount_fen);
  if (isProvenKind(state.kind)) resolve(books, body.at_ms, state.kind !== 'approved');
}

const givenUp: ReadonlySet<PaymentKind> = new Set(['reversing', 'disputed']);

export function moved(books: Books, body: Body<'payment.moved'>): void {
  const attempt = named(books, books.attempts, 'attemptId', body.attemptId);
  if (attempt === null) return;
  const { deferred, state } = body.machine;
  if (attempt.kind === 'approved') fault(books, 'machine.state.kind', 'an approved payment moved');
  if (deferred && attempt.everDeferred && !attempt.deferred) {
    fault(books, 'machine.deferred', 'a payment that was taken back is deferred again');
  }
  if (!deferred && attempt.deferred && isProvenKind(attempt.kind)) {
    fault(books, 'machine.deferred', 'a deferred payment whose outcome is proven is taken back');
  }
  postDeferred(books, attempt, body);
  // Proven not charged, and its goods never left on its word: whoever sold them has other money by now.
  const wasFree = isProvenKind(attempt.kind) && !attempt.everDeferred;
  if (state.kind === 'approved' && (givenUp.has(attempt.kind) || wasFree)) attempt.isUnwanted = true;
  if (state.kind === 'approved' && state.proof !== undefined) {
    attempt.rail = state.proof.rail;
    count(walletOf(books.period, attempt.scheme, attempt.rail).approved, attempt.amount_fen);
  }
  if (isProvenKind(state.kind) && !isProvenKind(attempt.kind)) {
    postLateAttempt(books.period, lateWord(state.kind, state.cause), attempt);
  }
  attempt.kind = state.kind;
  attempt.deferred = deferred;
  attempt.everDeferred ||= deferred;
  if (state.kind === 'approved') arrived(books, attempt);
  if (isProvenKind(state.kind)) books.unproven.delete(attempt);
  else books.unproven.add(attempt);
}

export function noted(books: Books, body: Body<'payment.noted'>): void {
  named(books, books.attempts, 'attemptId', body.attemptId);
}

export function exceptionRaised(books: Books, body: Body<'exception.raised'>): void {
  const attempt = named(books, books.attempts, 'attemptId', body.attemptId);
  if (attempt === null) return;
  if (!attempt.everDeferred) fault(books, 'attemptId', `${body.attemptId} was never deferred`);
  if (attempt.kind === 'approved') fault(books, 'attemptId', `${body.attemptId} was approved`);
  const sale = books.sales.get(attempt.saleId);
  if (sale !== undefined && !isSold(sale)) fault(books, 'attemptId', `the goods of ${sale.saleId} are there`);
  const amount_fen = body.amount_fen ?? attempt.amount_fen;
  books.exceptions.set(attempt.attemptId, { attempt, raisedAt_ms: body.at_ms, amount_fen });
}

/** What was lost came back as goods. Records of before did not tell it. */
function lostReturned(books: Books, attempt: AttemptEntry, amount_fen: number | undefined): void {
  if (amount_fen === undefined) return;
  mustBe(books, 'amount_fen', amount_fen, books.lostAtReturn.get(attempt.attemptId) ?? 0);
  postLateAttempt(books.period, 'returned', { ...attempt, amount_fen });
}

export function exceptionClosed(books: Books, body: Body<'exception.closed'>): void {
  const { period } = books;
  const open = named(books, books.exceptions, 'attemptId', body.attemptId);
  countOverride(period, body.operatorId, body.approverId);
  if (open === null) return;
  if (body.how === 'returned') lostReturned(books, open.attempt, body.amount_fen);
  const sale = books.sales.get(open.attempt.saleId);
  if (sale !== undefined && body.how === 'writtenOff') writeOff(books, sale, open.attempt, body.amount_fen);
  books.exceptions.delete(body.attemptId);
  if (body.how === 'returned') return;
  const amount_fen = body.amount_fen ?? open.amount_fen;
  count(period.offline[body.how], amount_fen);
  postLateAttempt(period, body.how, { ...open.attempt, amount_fen });
}

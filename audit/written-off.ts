// What was lost of each payment, what was written off of it, and by whose money that must be taken back.
import {
  type AttemptEntry,
  type Books,
  fault,
  type LostPart,
  mustBe,
  named,
  type SaleEntry,
} from './books.ts';
import { isTryOnTrust, meantFor_fen, missing_fen, triedFor_fen } from './due.ts';
import type { Body, RecordType } from './record-shapes.ts';

/** What nobody has paid or written off, and no try on trust alone will bring, in the place of nothing that counts as lost. */
function lostOf_fen(books: Books, sale: SaleEntry): number {
  let lost_fen = missing_fen(sale) - sale.writtenOff_fen;
  for (const one of sale.attempts) {
    if (isTryOnTrust(one) && one.inPlaceOf !== null) lost_fen -= one.amount_fen;
  }
  for (const lost of sale.attempts) {
    let tried_fen = 0;
    for (const one of sale.attempts) {
      if (isTryOnTrust(one) && one.inPlaceOf !== null) tried_fen += meantFor_fen(sale, one, lost);
    }
    lost_fen += books.exceptions.has(lost.attemptId) ? tried_fen : Math.min(tried_fen, lost.writtenOff_fen);
  }
  return Math.max(0, lost_fen);
}

type Lost = { attempt: AttemptEntry; raisedAt_ms: number; amount_fen: number };

/**
 * What is missing of a sale, and not written off, stands with its exceptions, the newest first in this list: what was paid anew paid for
 * the oldest first.
 */
export function lostParts(books: Books): Lost[] {
  const left_fen = new Map<string, number>();
  const newestFirst = [...books.exceptions.values()].sort((a, b) => {
    const byTime = b.raisedAt_ms - a.raisedAt_ms;
    if (byTime !== 0) return byTime;
    return a.attempt.attemptId < b.attempt.attemptId ? 1 : -1;
  });
  return newestFirst.map(({ attempt, raisedAt_ms, amount_fen: told_fen }) => {
    const sale = books.sales.get(attempt.saleId);
    const left = left_fen.get(attempt.saleId) ?? (sale === undefined ? 0 : lostOf_fen(books, sale));
    const amount_fen = Math.min(told_fen, left);
    left_fen.set(attempt.saleId, left - amount_fen);
    return { attempt, raisedAt_ms, amount_fen };
  });
}

/** By payment, of this sale alone. */
export function lostOf(books: Books, saleId: string): ReadonlyMap<string, number> {
  const own = lostParts(books).filter(({ attempt }) => attempt.saleId === saleId);
  return new Map(own.map(({ attempt, amount_fen }) => [attempt.attemptId, amount_fen]));
}

/** A second try pays anew what is lost by then, the oldest first, but for what other tries on trust are to pay. */
export function checkPlaces(
  books: Books,
  sale: SaleEntry,
  told: readonly LostPart[],
  amount_fen: number,
): void {
  const places: LostPart[] = [];
  let left_fen = amount_fen;
  for (const { attempt, amount_fen: lost_fen } of lostParts(books).reverse()) {
    if (attempt.saleId !== sale.saleId) continue;
    const free_fen = Math.max(0, lost_fen - triedFor_fen(sale, attempt));
    const part_fen = Math.min(free_fen, left_fen);
    if (part_fen > 0) places.push({ attemptId: attempt.attemptId, amount_fen: part_fen });
    left_fen -= part_fen;
  }
  const textOf = (parts: readonly LostPart[]) =>
    parts.map((part) => `${part.amount_fen} of ${part.attemptId}`).join(', ');
  mustBe(books, 'attempt.inPlaceOf', textOf(told), textOf(places));
}

/** `told_fen`: records of before told no amount, and wrote off the whole of a payment, whatever had been collected of it. */
export function writeOff(books: Books, sale: SaleEntry, attempt: AttemptEntry, told_fen?: number): void {
  if (told_fen !== undefined) {
    const lost_fen = lostOf_fen(books, sale);
    if (told_fen > lost_fen) fault(books, 'amount_fen', `more than the ${lost_fen} that are missing`);
    attempt.writtenOff_fen += told_fen;
  }
  sale.writtenOff_fen += told_fen ?? attempt.amount_fen;
}

/** Of what is written off, what no record told the payment of. */
function untold_fen(sale: SaleEntry): number {
  let told_fen = 0;
  for (const one of sale.attempts) told_fen += one.writtenOff_fen;
  return sale.writtenOff_fen - told_fen;
}

/** What this approved payment, without what its sale does not need, pays of itself and of those in whose place it was opened. */
function paidBack(sale: SaleEntry, paid: AttemptEntry): Map<AttemptEntry, number> {
  const paid_fen = new Map<AttemptEntry, number>();
  let left_fen = paid.isUnwanted ? 0 : paid.amount_fen - paid.surplus_fen;
  for (const lost of [paid, ...sale.attempts.filter((one) => one !== paid)]) {
    const meant_fen = lost === paid ? paid.amount_fen : meantFor_fen(sale, paid, lost);
    const part_fen = Math.min(lost.writtenOff_fen, meant_fen, left_fen);
    if (part_fen > 0) paid_fen.set(lost, part_fen);
    left_fen -= part_fen;
  }
  return paid_fen;
}

/** An approval may pay for what was written off: what must be taken back is known when what is too much of it went back. */
export function arrived(books: Books, attempt: AttemptEntry): void {
  const sale = books.sales.get(attempt.saleId);
  if (sale !== undefined && sale.writtenOff_fen > 0) books.arrived = { attempt, sale, owed: null };
}

/** Between an approval and what it takes back. */
export const beforeTakenBack: ReadonlySet<RecordType> = new Set([
  'writeOff.takenBack',
  'giveBack.opened',
  'route.changed',
]);

/** Nothing stays written off of a payment whose own money has come, nor more of a sale than is missing. */
export function checkTakenBack(books: Books): void {
  if (books.arrived === null) return;
  const { attempt, sale, owed } = books.arrived;
  books.arrived = null;
  for (const [lost, amount_fen] of owed ?? paidBack(sale, attempt)) {
    if (amount_fen > 0)
      fault(books, 'body', `${amount_fen} fen of ${lost.attemptId} came, and stay written off`);
  }
  const over_fen = sale.writtenOff_fen - missing_fen(sale);
  if (over_fen > 0 && untold_fen(sale) === 0) {
    fault(books, 'body', `${over_fen} fen more are written off of ${sale.saleId} than are missing`);
  }
}

export function takenBack(books: Books, body: Body<'writeOff.takenBack'>): void {
  const sale = named(books, books.sales, 'saleId', body.saleId);
  const paid = named(books, books.attempts, 'paidBy', body.paidBy);
  const lost = body.attemptId === null ? null : named(books, books.attempts, 'attemptId', body.attemptId);
  if (sale === null || paid === null) return;
  mustBe(books, 'saleId', body.saleId, paid.saleId);
  if (books.arrived !== null) {
    mustBe(books, 'paidBy', body.paidBy, books.arrived.attempt.attemptId);
    books.arrived.owed ??= paidBack(sale, books.arrived.attempt);
  }
  const owed = books.arrived?.owed ?? null;
  const owed_fen = lost === null ? 0 : (owed?.get(lost) ?? 0);
  const over_fen = Math.max(0, sale.writtenOff_fen - missing_fen(sale));
  // One that was written off whole, and told no payment, is taken back by its own money, too.
  const most_fen = Math.max(owed_fen, lost === null && owed !== null ? untold_fen(sale) : over_fen);
  const there_fen = lost === null ? untold_fen(sale) : lost.writtenOff_fen;
  if (body.amount_fen > Math.min(most_fen, there_fen)) {
    fault(books, 'amount_fen', `${body.amount_fen}, but ${Math.min(most_fen, there_fen)} came`);
  }
  if (owed_fen > 0) mustBe(books, 'amount_fen', body.amount_fen, owed_fen);
  if (lost !== null) {
    owed?.delete(lost);
    lost.writtenOff_fen -= body.amount_fen;
  }
  sale.writtenOff_fen -= body.amount_fen;
}

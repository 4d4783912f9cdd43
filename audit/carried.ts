// What is open when a report is taken, and how much of the deferred money is likely lost.
import type { AttemptEntry, Books, GiveBackEntry, SaleEntry } from './books.ts';
import { saleTotal_fen } from './due.ts';
import { lostParts } from './written-off.ts';
import { shareUp_fen } from './money.ts';
import { nothing } from './period.ts';
import type { Carried, Counted } from './report.ts';
import { tellsAllEnds } from './rules.ts';

/** With fewer outcomes than this nothing is known about how many are lost: all may be. */
const ENOUGH_RESOLVED = 20;

export function byText<Row>(textOf: (row: Row) => string): (a: Row, b: Row) => number {
  return (a, b) => {
    const [first, second] = [textOf(a), textOf(b)];
    if (first === second) return 0;
    return first < second ? -1 : 1;
  };
}

function attemptKind(attempt: AttemptEntry): string {
  if (attempt.deferred) return 'queued';
  return attempt.kind === 'reversing' || attempt.kind === 'disputed' ? attempt.kind : 'inDoubt';
}

function ofAttempt(attempt: AttemptEntry, kind: string, since_ms: number): Carried {
  const { attemptId: id, orderNumber: number, amount_fen, zNumber: originalZ } = attempt;
  return { kind, id, number, amount_fen, since_ms, originalZ };
}

function ofGiveBack(giveBack: GiveBackEntry, named?: string): Carried {
  const { giveBackId: id, requestNumber: number, amount_fen, openedAt_ms, zNumber } = giveBack;
  const kind = named ?? (giveBack.kind === 'failed' ? 'failedGiveBack' : 'giveBack');
  return { kind, id, number, amount_fen, since_ms: openedAt_ms, originalZ: zNumber };
}

function ofSale(sale: SaleEntry): Carried {
  const { saleId: id, openedAt_ms, zNumber } = sale;
  const kind = sale.isParked ? 'parkedSale' : 'openSale';
  return { kind, id, number: id, amount_fen: saleTotal_fen(sale), since_ms: openedAt_ms, originalZ: zNumber };
}

function twiceBackRows(books: Books): Carried[] {
  if (!tellsAllEnds(books)) return [];
  return [...books.twiceBack]
    .filter((giveBack) => !books.owedBack.has(giveBack))
    .map((giveBack) => ofGiveBack(giveBack, 'twiceBack'));
}

export function carriedRows(books: Books): Carried[] {
  const rows: Carried[] = [];
  for (const attempt of books.unproven) {
    rows.push(ofAttempt(attempt, attemptKind(attempt), attempt.openedAt_ms));
  }
  for (const { attempt, raisedAt_ms, amount_fen } of lostParts(books)) {
    const row = ofAttempt(attempt, 'exception', raisedAt_ms);
    rows.push(tellsAllEnds(books) ? { ...row, amount_fen } : row);
  }
  for (const giveBack of books.owedBack) rows.push(ofGiveBack(giveBack));
  rows.push(...twiceBackRows(books));
  for (const sale of books.liveSales) {
    if (sale.isParked || sale.saleId === books.counterSaleId) rows.push(ofSale(sale));
  }
  return rows.sort(byText((row) => row.id));
}

function expectedLoss_fen(books: Books, open_fen: number): number {
  let resolved = 0;
  let lost = 0;
  for (const day of books.resolvedDays.values()) {
    resolved += day.resolved;
    lost += day.lost;
  }
  return resolved < ENOUGH_RESOLVED ? open_fen : shareUp_fen(open_fen, lost, resolved);
}

export function stillDeferred(books: Books): {
  stillOpen: Counted;
  oldest_ms: number | null;
  expectedLoss_fen: number;
} {
  const stillOpen = nothing();
  let oldest_ms: number | null = null;
  for (const attempt of books.unproven) {
    if (!attempt.deferred) continue;
    stillOpen.count += 1;
    stillOpen.amount_fen += attempt.amount_fen;
    oldest_ms = Math.min(oldest_ms ?? attempt.openedAt_ms, attempt.openedAt_ms);
  }
  return { stillOpen, oldest_ms, expectedLoss_fen: expectedLoss_fen(books, stillOpen.amount_fen) };
}

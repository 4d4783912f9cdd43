// A give-back that ended twice: "till, net" of each day is what its Z says, to the fen (docs/reconciliation.md).
import { expect, it } from 'vitest';
import {
  agreedReports,
  answer,
  decided,
  idAt,
  report,
  returned,
  told,
} from '../audit/testing/returned-till.ts';
import type { BillEntry } from './bills/bill.ts';
import type { JournalRow } from './journal/fields.ts';
import { readBooks } from './journal/read.ts';
import { reconcile } from './reconcile.ts';
import { saidHere, saidText } from './said.ts';
import { billOf, day, entryOf, eve, next } from './testing/made.ts';

type Till = ReturnType<typeof returned>;

const HOUR_ms = 3_600_000;
const later = (till: Till, { at_ms }: { at_ms: number }) => (till.now_ms = at_ms + HOUR_ms);

/** What a day's bill that has these lines makes of the give-back. */
function compared(till: Till, { date }: { date: string }, entries: readonly BillEntry[] = []) {
  const books = readBooks(till.rows as JournalRow[]);
  const routeIds = new Set(books.orders.map((order) => order.routeId));
  const { findings, till_fen } = reconcile(billOf(entries, { billDate: date }), books, {
    routeIds,
    rate_ppm: null,
  });
  const own = findings.filter(({ giveBack }) => giveBack !== null);
  return { till_fen, found: own.map((one) => [one.class, one.effect_fen]), findings: own };
}

/** Approved less given back, as each Z says it. */
const netsOfZ = (till: Till) =>
  agreedReports(till).map((z) => {
    const [one] = z.wallets as { approved: Sum; refunds: Sum }[];
    return one === undefined ? 0 : one.approved.amount_fen - one.refunds.amount_fen;
  });
type Sum = { amount_fen: number };

/** The line of its refund. */
function lineOf(till: Till): BillEntry {
  const [one] = readBooks(till.rows as JournalRow[]).giveBacks;
  const { orderNumber = '', requestNumber = '', amount_fen = 0 } = one ?? {};
  return entryOf({
    kind: 'refund',
    orderNumber,
    refundNumber: requestNumber,
    amount_fen,
    status: 'REFUND SUCCESS',
  });
}

it("back by a manager's word, and proven by the wire two days later: in the books of the day of the word", () => {
  const till = returned({ kind: 'refused', code: 'X', perhapsBack: true });
  later(till, eve);
  told(till, { kind: 'giveBackChecked', giveBackId: idAt(till, 0), ...decided });
  report(till, 'dayClosed');
  later(till, next);
  answer(till, 0, { kind: 'done', result: 'REFUNDED', reference: 'F' });
  report(till, 'dayClosed');
  expect(netsOfZ(till)).toEqual([500, 0]);
  expect([eve, day, next].map((one) => compared(till, one).till_fen)).toEqual([500, 0, 0]);
  expect(compared(till, eve, [lineOf(till)]).found).toEqual([['matched', 0]]);
});

it('called back by the office, and refused by the wire on a later day: in the books of both days', () => {
  const till = returned({ kind: 'noAnswer', cause: 'X' });
  later(till, eve);
  answer(till, 0, { kind: 'officeSaysBack' });
  report(till, 'dayClosed');
  later(till, next);
  answer(till, 0, { kind: 'refused', code: 'NO' });
  report(till, 'dayClosed');
  expect(netsOfZ(till)).toEqual([500, 500]);
  expect([eve, day, next].map((one) => compared(till, one).till_fen)).toEqual([500, 0, 500]);
  // On no bill: the two days cancel each other, and the evidence says why.
  expect(compared(till, eve).found).toEqual([['refundOtherDay', 500]]);
  expect(compared(till, next).found).toEqual([['refundOtherDay', -500]]);
  const [one] = compared(till, next).findings;
  expect(one && saidText(saidHere(one))).toMatch(
    /^退款失败 refund failed 5\.00 .*; 曾记为已退 counted as back 5\.00 2026-11-23 .*; 已冲回 taken out again -5\.00 2026-11-25 /,
  );
  // On the bill after all: whoever is right, it is no agreement.
  expect(compared(till, eve, [lineOf(till)]).found).toEqual([['refundMissingHere', 0]]);
  expect(compared(till, next, [lineOf(till)]).found).toEqual([['refundMissingHere', -1000]]);
});

it('and on a bill after all, which counts again: in the books of three days', () => {
  const till = returned({ kind: 'noAnswer', cause: 'X' });
  later(till, eve);
  answer(till, 0, { kind: 'officeSaysBack' });
  report(till, 'dayClosed');
  later(till, day);
  answer(till, 0, { kind: 'refused', code: 'NO' });
  report(till, 'dayClosed');
  later(till, next);
  answer(till, 0, { kind: 'billShows' });
  report(till, 'dayClosed');
  expect(netsOfZ(till)).toEqual([500, 500, -500]);
  expect([eve, day, next].map((one) => compared(till, one).till_fen)).toEqual([500, 500, -500]);
  expect(compared(till, eve, [lineOf(till)]).found).toEqual([['matched', 0]]);
  expect(compared(till, day).found).toEqual([['refundOtherDay', -500]]);
  expect(compared(till, next).found).toEqual([['refundOtherDay', 500]]);
});

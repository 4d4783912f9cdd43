// Whatever a till lived through and whatever a bill says of it: no line lost, no fen unexplained, no class with a wrong sign.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Mood, randomJournal } from '../audit/testing/random-journal.ts';
import type { BillEntry } from './bills/bill.ts';
import { clearingDate } from './calendar.ts';
import type { TillBooks } from './journal/items.ts';
import { readBooks } from './journal/read.ts';
import { reconcile } from './reconcile.ts';
import { billOf, entryOf } from './testing/made.ts';

/** Another one each time, printed by a failure; `RECONCILE_SEED` runs it again. */
const seed = Number(process.env['RECONCILE_SEED'] ?? Date.now() % 1_000_000);

const natural = fc.nat({ max: 1_000_000 });
const step = fc.record({ what: natural, a: natural, b: natural });

/** Numbers that choose: which order, which of its numbers, which kind of line, what amount. */
const line = fc.record({
  which: natural,
  kind: fc.constantFrom<BillEntry['kind'][]>('payment', 'payment', 'payment', 'refund', 'reversal'),
  amount: fc.constantFrom('own', 'own', 'own', 'other', 'none'),
  fee_fen: fc.integer({ min: -20, max: 20 }),
  discount_fen: fc.integer({ min: -20, max: 20 }),
  known: fc.integer({ min: 0, max: 9 }),
});

type Line = typeof line extends fc.Arbitrary<infer Value> ? Value : never;

function entryFrom(books: TillBooks, { which, kind, amount, fee_fen, discount_fen, known }: Line): BillEntry {
  const order = books.orders[which % Math.max(1, books.orders.length)];
  const giveBack = books.giveBacks[which % Math.max(1, books.giveBacks.length)];
  const isRefund = kind === 'refund' && giveBack !== undefined && known > 2;
  const own_fen = isRefund ? giveBack.amount_fen : (order?.amount_fen ?? 700);
  const orderNumber = isRefund ? giveBack.orderNumber : (order?.orderNumber ?? '');
  return entryOf({
    kind,
    orderNumber: known === 0 || orderNumber === '' ? `00000001001${which}` : orderNumber,
    refundNumber: kind === 'refund' ? (isRefund ? giveBack.requestNumber : `R${which % 3}`) : null,
    acquirerNumber: known < 5 ? (order?.acquirerNumbers[0] ?? 'none') : `T${which % 4}`,
    amount_fen: amount === 'own' ? own_fen : amount === 'other' ? own_fen + 1 + (which % 90) : 0,
    fee_fen,
    discount_fen,
    rate_ppm: known % 2 === 0 ? 3800 : null,
  });
}

const rails = fc.constantFrom(
  'wechatpay' as const,
  'alipay' as const,
  'unionpay' as const,
  'gateway' as const,
);

it(`explains every fen of random bills against random journals (seed ${seed})`, () => {
  const seen = new Set<string>();
  const steps = fc.array(step, { minLength: 1, maxLength: 500, size: 'max' });
  const lines = fc.array(line, { maxLength: 60 });
  const property = fc.property(
    steps,
    lines,
    rails,
    natural,
    fc.constantFrom<Mood[]>('ordinary', 'offline'),
    (each, drawn, rail, which, mood) => {
      const books = readBooks(randomJournal(each, mood));
      const entries = drawn.map((one) => entryFrom(books, one));
      // A day on which something happened, if there is one.
      const at_ms = books.orders[which % Math.max(1, books.orders.length)]?.openedAt_ms ?? 0;
      const bill = billOf(entries, { rail, billDate: clearingDate(rail, at_ms) });
      // The second: none of them is called so any more.
      const routeIds = new Set([['gateway', 'other'], ['other'], ['gateway']][which % 3]);
      const { findings, till_fen } = reconcile(bill, books, { routeIds, rate_ppm: null });
      const lineNumbers = findings.flatMap((one) => one.entries.map((entry) => entry.line));
      expect(lineNumbers.toSorted((a, b) => a - b)).toEqual(entries.map((_, index) => index + 2));
      let explained_fen = till_fen;
      for (const one of findings) {
        explained_fen += one.effect_fen - one.kept_fen;
        seen.add(one.class);
      }
      const { paid_fen, givenBack_fen, fees_fen, discounts_fen } = bill.totals;
      expect(explained_fen).toBe(paid_fen - givenBack_fen - fees_fen - discounts_fen);
    },
  );
  fc.assert(property, { seed, numRuns: 150 });
  expect(seen.size).toBeGreaterThan(10);
});

it('stops when the totals of a bill are not what its lines amount to', () => {
  const bill = billOf([entryOf({})]);
  const forged = { ...bill, totals: { ...bill.totals, payout_fen: bill.totals.payout_fen + 1 } };
  const books = readBooks([]);
  const contract = { routeIds: new Set<string>(), rate_ppm: null };
  expect(() => reconcile(forged, books, contract)).toThrow('1 fen of the bill are not explained');
  const twice = { ...bill, entries: [...bill.entries, ...bill.entries] };
  expect(() => reconcile(twice, books, contract)).toThrow('a line of the bill is in two findings');
});

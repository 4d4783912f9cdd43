// Days of the simulated month (test/month): the real core on a real store, an acquirer with a ledger of its own, lost answers and
// outages. Of each day that ledger is written as the gateway's bill, and every day is compared.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReader } from '../db/read.ts';
import type { BookLine } from '../fixtures/bills/line.ts';
import { billFile } from '../fixtures/bills/write.ts';
import { runDay } from '../test/month/day.ts';
import { makeDirectory } from '../test/month/directory.ts';
import { clearingDate } from '../test/month/issuer.ts';
import type { Entry } from '../test/month/ledger.ts';
import { settleAll } from '../test/month/settling.ts';
import { openShop } from '../test/month/shop.ts';
import { readBill } from './bills/read.ts';
import type { TillBooks } from './journal/items.ts';
import { readBooks } from './journal/read.ts';
import type { Finding } from './match/finding.ts';
import { reconcile } from './reconcile.ts';
import { isDifference } from './summary.ts';

const DAYS = Number(process.env['RECONCILE_DAYS'] ?? 4);

let directory = '';
beforeEach(() => {
  directory = makeDirectory();
});
afterEach(() => rmSync(directory, { recursive: true }));

const kinds = { charge: 'pay', refund: 'refund', void: 'reversal', reversal: 'reversal' } as const;

function lineOf({ kind, orderNumber, requestNumber, amount_fen }: Entry, at_ms: number): BookLine {
  return {
    kind: kinds[kind],
    orderNumber,
    refundNumber: kind === 'refund' ? (requestNumber ?? '') : '',
    acquirerNumber: `A${orderNumber}`,
    amount_fen,
    fee_fen: 0,
    discount_fen: 0,
    at_ms,
    terminal: '20260002',
    billDate: clearingDate(at_ms).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
  };
}

/** Lives through the days and lets everything end. `lines`: the acquirer's books. */
function lived(seed: number): { lines: BookLine[]; books: TillBooks } {
  const say = () => undefined;
  const options = { days: DAYS, sales: 60, seed, directory, verify: false, everyFault: false, say };
  const shop = openShop({ ...options, plant: null });
  const { entries } = shop.ledger;
  const lines: BookLine[] = [];
  const push = entries.push.bind(entries);
  entries.push = (...added: Entry[]) => {
    lines.push(...added.map((entry) => lineOf(entry, shop.clock.now_ms())));
    return push(...added);
  };
  for (let day = 0; day < DAYS; day += 1) runDay(shop, day);
  settleAll(shop);
  shop.till.close();
  const reader = openReader(join(directory, 'state'));
  const books = readBooks(reader.records(0));
  reader.close();
  return { lines, books };
}

/** Every clearing day against its bill. */
function compared(lines: readonly BookLine[], books: TillBooks): Finding[] {
  const routeIds = new Set(books.orders.map((order) => order.routeId));
  return [...new Set(lines.map(({ billDate }) => billDate))].flatMap((billDate) => {
    const bytes = billFile('gateway', billDate, lines);
    const bill = readBill('gateway', { file: billDate, bytes, billDate });
    return reconcile(bill, books, { routeIds, rate_ppm: null }).findings;
  });
}

/** Orders whose differences over all days don't cancel out, and by how much. */
function leftOf(findings: readonly Finding[]): [string, number][] {
  const left = new Map<string, number>();
  for (const { orderNumber, effect_fen } of findings) {
    left.set(orderNumber, (left.get(orderNumber) ?? 0) + effect_fen);
  }
  return [...left].filter(([, effect_fen]) => effect_fen !== 0);
}

/** What one bill leaves open and another one closes. */
const overDays: ReadonlySet<string> = new Set([
  'lateSuccess',
  'clearedOtherDay',
  'reversedAfterCutOff',
  'refundOtherDay',
  'chargedButFree',
  'refundMissingThere',
]);

it.each([21, 22, 23])('what is left of one day the next ones explain, to the fen, seed %i', (seed) => {
  const { lines, books } = lived(seed);
  expect(books.orders.length).toBeGreaterThan(20 * DAYS);
  const findings = compared(lines, books);
  const differing = findings.filter(isDifference);
  expect(differing.filter((one) => !overDays.has(one.class))).toEqual([]);
  expect(leftOf(findings)).toEqual([]);
  expect(differing.length).toBeLessThan(findings.length / 5);
});

it('a line that is lost, doubled or changed leaves its order open, and no other', () => {
  const { lines, books } = lived(24);
  for (let index = 0; index < lines.length; index += 7) {
    const line = lines[index];
    if (line === undefined) continue;
    const { orderNumber, kind, amount_fen } = line;
    const sign = kind === 'pay' ? 1 : -1;
    const without = leftOf(compared(lines.toSpliced(index, 1), books));
    expect(without).toEqual([[orderNumber, -sign * amount_fen]]);
    expect(leftOf(compared([...lines, line], books))).toEqual([[orderNumber, sign * amount_fen]]);
    const more = { ...line, amount_fen: amount_fen + 1 };
    expect(leftOf(compared(lines.with(index, more), books))).toEqual([[orderNumber, sign]]);
  }
});

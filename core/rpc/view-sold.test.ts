// A customer without a receipt: what was sold is found by when, how much and how it was paid, and opened for a return.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SOLD_rows } from '../../contract/snapshot.ts';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { findSold } from './find-sold.ts';
import { soldView } from './view-sold.ts';

let directory: string;
let till: DrivenTill;

/** Twenty by a wallet; the third was declined and paid in cash, the tenth waits for its answer with the goods gone. */
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-sold-'));
  till = openDrivenTill(join(directory, 'state'));
  till.route(true);
  for (let count = 1; count <= 20; count += 1) {
    if (count === 10) till.route(false);
    const attemptId = till.sell(`1301234567890${12000 + count}`);
    if (count === 10) till.route(true);
    else if (count === 3) {
      till.answer(attemptId, { kind: 'declined', code: 'X', reason: 'other' });
      till.engine.ask({ kind: 'cashTaken', received_fen: 500, roundDown: false });
    } else till.answer(attemptId, { kind: 'approved', proof });
    till.engine.ask({ kind: 'saleLeft' });
  }
});

afterAll(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const any = { from_ms: null, to_ms: null, sum_fen: null, wallet: null, before: null };
const browse = (query: Partial<Parameters<typeof soldView>[2]>) =>
  soldView(till.engine, till.store, { ...any, ...query });
const numbers = (query: Parameters<typeof browse>[0]) =>
  browse(query).rows.map(({ receiptNumber }) => Number(receiptNumber));

test('all of them, newest first, each once, over the pages', () => {
  const seen: number[] = [];
  let before: string | null = null;
  for (let page = 0; page < 3; page += 1) {
    const found = browse({ before });
    expect(found.hasMore).toBe(page < 2);
    seen.push(...found.rows.map(({ receiptNumber }) => Number(receiptNumber)));
    before = found.rows.at(-1)?.receiptNumber ?? null;
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
});

test('a wallet that was tried and declined is not how it was paid', () => {
  const wallet = { wallet: 'WECHAT', before: '00000005' };
  expect(numbers(wallet)).toEqual([4, 2, 1]);
  expect(browse({ wallet: 'CASH' }).rows).toEqual([
    expect.objectContaining({
      receiptNumber: '00000003',
      orderNumber: null,
      tenders: [{ scheme: null, amount_fen: 450 }],
    }),
  ]);
  expect(browse({ wallet: 'WECHAT', before: '00000012' }).rows).toHaveLength(SOLD_rows);
});

test('no sale is loaded that is not shown, however many were tried so', () => {
  const loaded: string[] = [];
  let asked = 0;
  const store = {
    ...till.store,
    soldSaleIds: (query: Parameters<DrivenTill['store']['soldSaleIds']>[0]) => {
      asked += 1;
      return till.store.soldSaleIds(query);
    },
    loadSale: (saleId: string) => {
      loaded.push(saleId);
      return till.store.loadSale(saleId);
    },
  };
  const { rows } = soldView(till.engine, store, { ...any, wallet: 'WECHAT', before: '00000004' });
  expect(rows.map(({ receiptNumber }) => Number(receiptNumber))).toEqual([2, 1]);
  expect(loaded).toHaveLength(2);
  expect(asked).toBe(1);
});

test('a deferred payment, which may still come, is shown', () => {
  expect(numbers({ before: '00000011', wallet: 'WECHAT' })[0]).toBe(10);
});

test('the exact sum alone, and the time', () => {
  expect(numbers({ sum_fen: 451 })).toEqual([]);
  expect(browse({ sum_fen: 450 }).hasMore).toBe(true);
  const { completedAt_ms = 0 } = browse({}).rows.at(-1) ?? {};
  expect(
    browse({ to_ms: completedAt_ms, from_ms: 0 }).rows.every((row) => row.completedAt_ms < completedAt_ms),
  ).toBe(true);
  expect(numbers({ from_ms: Date.now() + 60_000 })).toEqual([]);
});

test('a row opens its sale, by its receipt or by its payment', () => {
  const [row] = browse({}).rows;
  const sale = expect.objectContaining({ saleId: row?.saleId });
  expect(findSold(till, row?.receiptNumber ?? '')).toMatchObject({ sale });
  expect(findSold(till, row?.orderNumber ?? '')).toMatchObject({ sale });
});

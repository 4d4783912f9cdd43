// Whose receipt F7 prints when the screen has none: of the sale that was last on the counter.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { evolve } from './evolve.ts';
import type { TillRecord } from './records.ts';

function cashSale(till: TestTill): string | null {
  till.tell({ kind: 'goodsEntered', goods: goods(100) });
  till.tell({ kind: 'tenderStarted' });
  till.tell({ kind: 'cashTaken', received_fen: 100, roundDown: false });
  return till.sale().receiptId;
}

/** A cash sale on the counter, and beside it one that is parked with a payment in doubt. */
function besideParked(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  till.pay(answers.noAnswer);
  till.tell({ kind: 'saleParked' });
  cashSale(till);
  return till;
}

describe('a sale that is paid while it is parked', () => {
  test('was not on the counter, before and after the one there has left', () => {
    for (const isLeft of [false, true]) {
      const till = besideParked();
      const { lastReceiptId } = till.state;
      expect(lastReceiptId).not.toBeNull();
      if (isLeft) till.tell({ kind: 'saleLeft' });
      till.pay(answers.approved);
      expect(till.records.at(-1)).toMatchObject({ type: 'sale.completed', body: { isAside: true } });
      expect(till.state.lastReceiptId).toBe(lastReceiptId);
    }
  });

  test('is the newest by a record of before that was told: old journals fold as they did', () => {
    const till = besideParked();
    const before = till.state;
    till.pay(answers.approved);
    const record = till.records.at(-1);
    if (record?.type !== 'sale.completed') throw new Error('it is sold');
    const { isAside: _, ...body } = record.body;
    const old: TillRecord = { ...record, body };
    expect(evolve(before, old).lastReceiptId).toBe(body.receiptId);
  });
});

test('a sale that is collected anew was last on the counter, though others were sold since', () => {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  const { receiptId } = till.sale();
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  const { attemptId } = till.newest();
  const other = cashSale(till);
  expect(till.state.lastReceiptId).toBe(other);
  expect(till.tell({ kind: 'collectStarted', attemptId }).refusal).toBeNull();
  till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
  till.tell({ kind: 'saleLeft' });
  expect(till.state.lastReceiptId).toBe(receiptId);
});

test('a sale that leaves the counter as the newest one needs no word of that', () => {
  const till = TestTill.ready();
  const receiptId = cashSale(till);
  const { saleId } = till.sale();
  till.tell({ kind: 'saleLeft' });
  expect(till.records.at(-1)).toEqual({ type: 'sale.left', body: { saleId } });
  expect(till.state.lastReceiptId).toBe(receiptId);
});

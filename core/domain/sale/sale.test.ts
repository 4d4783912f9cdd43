// Goods in a sale: totals are sums of whole lines, within the limits of a till.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goods, TestTill } from '../../../test/sim/till-kit.ts';
import { Defect } from '../assert.ts';
import { AMOUNT_LIMIT_fen } from '../money.ts';
import { itemCount, LINES_LIMIT, lineAmount_fen, QUANTITY_LIMIT, saleTotal_fen } from './sale.ts';

const line = (price_fen: number, quantity: number) => ({ ...goods(price_fen), lineId: 'L1', quantity });

test('a sale is the sum of its lines, to the fen', () => {
  const anyLine = fc.record({ price_fen: fc.nat(100_000), quantity: fc.integer({ min: 1, max: 99 }) });
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
      const sale = { ...openSale(), lines: lines.map((one) => line(one.price_fen, one.quantity)) };
      const exact = lines.reduce((sum, one) => sum + BigInt(one.price_fen) * BigInt(one.quantity), 0n);
      expect(BigInt(saleTotal_fen(sale))).toBe(exact);
      expect(itemCount(sale)).toBe(lines.reduce((sum, one) => sum + one.quantity, 0));
    }),
  );
});

test.each([0, -1, 1.5, Number.NaN])('a line of %s pieces is a defect', (quantity) => {
  expect(() => lineAmount_fen(line(100, quantity))).toThrow(Defect);
});

function openSale() {
  const till = TestTill.ready();
  till.tell({ kind: 'goodsEntered', goods: goods(100) });
  return till.sale();
}

describe('entering goods', () => {
  test('the same goods again are one line, at another price another line', () => {
    const till = TestTill.ready();
    for (const price_fen of [100, 100, 90]) till.tell({ kind: 'goodsEntered', goods: goods(price_fen) });
    expect(till.sale().lines.map((one) => [one.price_fen, one.quantity])).toEqual([
      [100, 2],
      [90, 1],
    ]);
    expect(saleTotal_fen(till.sale())).toBe(290);
  });

  test('nobody signed in, nothing sold', () => {
    const till = new TestTill();
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBe('E-AUTH-02');
  });

  test('not while a payment is being taken', () => {
    const till = TestTill.tendering();
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBe('E-SCAN-06');
  });

  test('up to the limits of lines, quantity and amount, and not beyond', () => {
    const till = TestTill.ready();
    for (let count = 0; count < LINES_LIMIT; count += 1) {
      expect(till.tell({ kind: 'goodsEntered', goods: goods(100, `B${count}`) }).refusal).toBeNull();
    }
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100, 'one more') }).refusal).toBe('E-SALE-05');
    const lineId = till.sale().lines[0]?.lineId ?? '';
    expect(till.tell({ kind: 'quantitySet', lineId, quantity: QUANTITY_LIMIT }).refusal).toBeNull();
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100, 'B0') }).refusal).toBe('E-SALE-05');
    const dear = goods(AMOUNT_LIMIT_fen, 'B0');
    expect(till.tell({ kind: 'goodsEntered', goods: dear }).refusal).toBe('E-SALE-05');
  });

  test.each([0, -1, 1.5, QUANTITY_LIMIT + 1, Number.NaN, Infinity])(
    'a quantity of %s is refused',
    (quantity) => {
      const till = TestTill.ready();
      till.tell({ kind: 'goodsEntered', goods: goods(100) });
      const lineId = till.sale().lines[0]?.lineId ?? '';
      expect(till.tell({ kind: 'quantitySet', lineId, quantity }).refusal).toBe('E-SALE-05');
    },
  );

  test('a removed line is gone; a line that is not there can not be changed', () => {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    const lineId = till.sale().lines[0]?.lineId ?? '';
    till.tell({ kind: 'lineRemoved', lineId });
    expect(till.sale().lines).toEqual([]);
    expect(till.tell({ kind: 'lineRemoved', lineId }).refusal).toBe('E-SALE-02');
    expect(till.tell({ kind: 'quantitySet', lineId, quantity: 2 }).refusal).toBe('E-SALE-02');
  });

  test('an empty sale, or one worth nothing, is not paid for', () => {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(0) });
    expect(till.tell({ kind: 'tenderStarted' }).refusal).toBe('E-SALE-01');
  });
});

// Money is whole fen: anything else is a defect, at once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Defect } from './assert.ts';
import { AMOUNT_LIMIT_fen, assertFen, sum_fen, yuanText } from './money.ts';

const anyFen = fc.integer({ min: -AMOUNT_LIMIT_fen, max: AMOUNT_LIMIT_fen });

describe('assertFen', () => {
  test.each([0, 1, -1, AMOUNT_LIMIT_fen, -AMOUNT_LIMIT_fen])('takes %d', (amount_fen) => {
    expect(() => assertFen(amount_fen, 'it')).not.toThrow();
  });

  test.each([
    0.5,
    0.1 + 0.2,
    Number.NaN,
    Infinity,
    AMOUNT_LIMIT_fen + 1,
    2 ** 53,
    '1' as never,
    null as never,
  ])('refuses %s', (amount_fen) => {
    expect(() => assertFen(amount_fen, 'it')).toThrow(Defect);
  });
});

describe('sum_fen', () => {
  test('is exact', () => {
    const small = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(small, { maxLength: 500 }), (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
        expect(BigInt(sum_fen(amounts))).toBe(exact);
      }),
    );
  });

  test('notices a sum beyond the limit, even when later amounts would bring it back', () => {
    expect(() => sum_fen([AMOUNT_LIMIT_fen, 1, -1])).toThrow(Defect);
  });
});

describe('yuanText', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [100, '1.00'],
    [8741, '87.41'],
    [-5, '-0.05'],
    [-500, '-5.00'],
    [AMOUNT_LIMIT_fen, '10000000.00'],
  ])('%d is %s', (amount_fen, text) => {
    expect(yuanText(amount_fen)).toBe(text);
  });

  test('loses nothing', () => {
    fc.assert(
      fc.property(anyFen, (amount_fen) => {
        expect(Number(yuanText(amount_fen).replace('.', '')) + 0).toBe(amount_fen + 0);
      }),
    );
  });
});

// Money is whole fen: anything else is a defect, at once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Defect } from './assert.ts';
import { allocate_fen, AMOUNT_LIMIT_fen, assertFen, includedTax_fen, sum_fen, yuanText } from './money.ts';

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
    [AMOUNT_LIMIT_fen * 1000, '10000000000.00'],
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

describe('allocate_fen', () => {
  const weights = fc.array(fc.oneof(fc.nat(5), fc.nat(AMOUNT_LIMIT_fen)), { minLength: 1, maxLength: 30 });

  test('gives away the whole, each share within one fen of its exact part, none above its weight', () => {
    fc.assert(
      fc.property(weights, fc.nat(AMOUNT_LIMIT_fen), (each, draw) => {
        const sum = each.reduce((all, weight) => all + BigInt(weight), 0n);
        const total_fen = sum === 0n ? 0 : draw;
        const shares = allocate_fen(total_fen, each);
        expect(shares.reduce((all, share) => all + BigInt(share), 0n)).toBe(BigInt(total_fen));
        for (const [at, share] of shares.entries()) {
          const distance = BigInt(share) * sum - BigInt(total_fen) * BigInt(each[at] ?? 0);
          if (sum > 0n) expect(-sum < distance && distance < sum).toBe(true);
          if (BigInt(total_fen) <= sum) expect(share).toBeLessThanOrEqual(each[at] ?? 0);
        }
      }),
    );
  });

  test('gives the fen that is left to the largest remainder, the first of equals', () => {
    expect(allocate_fen(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(allocate_fen(5, [10, 10, 30])).toEqual([1, 1, 3]);
    expect(allocate_fen(2, [0, 7, 3])).toEqual([0, 1, 1]);
    expect(allocate_fen(0, [0, 0])).toEqual([0, 0]);
  });

  test('is exact beyond 2^53', () => {
    expect(allocate_fen(999_999_999, [1_000_000_000, 999_999_999])).toEqual([500_000_000, 499_999_999]);
  });

  test.each([
    [1, [0, 0]],
    [1, []],
    [-1, [1]],
    [1, [-1, 2]],
    [0.5, [1]],
    [1, [0.5]],
  ])('%d fen over %j is a defect', (total_fen, each) => {
    expect(() => allocate_fen(total_fen, each)).toThrow(Defect);
  });
});

describe('includedTax_fen', () => {
  test('is the exact quotient, half a fen up', () => {
    fc.assert(
      fc.property(fc.nat(AMOUNT_LIMIT_fen), fc.nat(10_000), (gross_fen, rate_bp) => {
        const twice = 2n * BigInt(includedTax_fen(gross_fen, rate_bp)) * BigInt(10_000 + rate_bp);
        const distance = twice - 2n * BigInt(gross_fen) * BigInt(rate_bp);
        const half = BigInt(10_000 + rate_bp);
        expect(-half < distance && distance <= half).toBe(true);
      }),
    );
  });

  test.each([
    [11_300, 1300, 1300],
    [113, 1300, 13],
    [8741, 1300, 1006],
    // Exactly half a fen: up.
    [1, 10_000, 1],
    [3, 10_000, 2],
    [100, 0, 0],
    [0, 1300, 0],
  ])('%d fen at %d bp hold %d', (gross_fen, rate_bp, tax_fen) => {
    expect(includedTax_fen(gross_fen, rate_bp)).toBe(tax_fen);
  });
});

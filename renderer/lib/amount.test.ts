import { describe, expect, it } from 'vitest';
import { amountOf_fen, cashSum, quickAmounts_fen, textOf, typeAmount } from './amount.ts';

const typed = (keys: string) => [...keys].reduce(typeAmount, '');

describe('an amount being typed', () => {
  it.each([
    ['', null],
    ['100', 10_000],
    ['12.3', 1_230],
    ['12.34', 1_234],
    ['.5', 50],
    ['0.05', 5],
    ['007', 700],
    ['1.2.3', 123],
    ['1.239', 123],
    ['123456789', 123_456_700],
    ['5.', 500],
  ])('"%s" is %s fen', (keys, amount_fen) => {
    expect(amountOf_fen(typed(keys))).toBe(amount_fen);
  });

  it('reads back what it writes', () => {
    for (const amount_fen of [0, 5, 50, 99, 100, 1_230, 123_456_789]) {
      expect(amountOf_fen(textOf(amount_fen))).toBe(amount_fen);
    }
  });
});

describe('what a customer is likely to hand over', () => {
  it.each([
    [9_241, [10_000, 20_000]],
    [3_120, [4_000, 5_000, 10_000, 20_000]],
    [450, [1_000, 2_000, 5_000, 10_000]],
    [10_000, [20_000, 30_000]],
    [10_001, [11_000, 12_000, 15_000, 20_000]],
    [26_300, [27_000, 28_000, 30_000, 40_000]],
  ])('for %i fen', (due_fen, amounts) => {
    expect(quickAmounts_fen(due_fen)).toEqual(amounts);
  });
});

describe('cash', () => {
  const sum = { due_fen: 9_241, roundDown_fen: 41, isRoundedDown: false, received_fen: 10_000 };

  it('gives change on what is due', () => {
    expect(cashSum(sum)).toEqual({ due_fen: 9_241, rounding_fen: 0, change_fen: 759, isEnough: true });
  });

  it('rounds down before it counts the change', () => {
    expect(cashSum({ ...sum, isRoundedDown: true })).toEqual({
      due_fen: 9_200,
      rounding_fen: 41,
      change_fen: 800,
      isEnough: true,
    });
  });

  it('is enough with the rounding, not without', () => {
    const short = { ...sum, received_fen: 9_200 };
    expect([cashSum(short).isEnough, cashSum({ ...short, isRoundedDown: true }).isEnough]).toEqual([
      false,
      true,
    ]);
  });
});

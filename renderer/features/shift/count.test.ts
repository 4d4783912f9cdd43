import { describe, expect, it } from 'vitest';
import { countedOf, countedSum_fen, eraseCount, typeCount, type Counts } from './count.ts';

const denominations_fen = [10_000, 5_000, 100, 10];
const empty: Counts = ['', '', '', ''];
const type = (counts: Counts, index: number, digits: string) =>
  [...digits].reduce((before, digit) => typeCount(before, index, digit), counts);

describe('the blind count', () => {
  it('sums pieces by denomination; what was left empty is none', () => {
    const counts = type(type(empty, 0, '12'), 3, '7');
    expect({
      counted: countedOf(denominations_fen, counts).map(({ count }) => count),
      sum: countedSum_fen(denominations_fen, counts),
    }).toEqual({ counted: [12, 0, 0, 7], sum: 120_070 });
  });

  it('takes no leading zero and no more digits than a drawer needs', () => {
    expect([type(empty, 1, '007')[1], type(empty, 1, '1234567')[1]]).toEqual(['7', '12345']);
  });

  it('erases digit by digit, of one denomination only', () => {
    const counts = type(type(empty, 0, '12'), 1, '34');
    expect(eraseCount(counts, 1)).toEqual(['12', '3', '', '']);
  });
});

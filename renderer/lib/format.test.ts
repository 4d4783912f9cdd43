import { describe, expect, it } from 'vitest';
import { ageParts, formatFen, formatYuan, secondsSince, secondsUntil } from './format.ts';

describe('money', () => {
  it.each([
    [0, '0.00'],
    [7, '0.07'],
    [90, '0.90'],
    [9_241, '92.41'],
    [118_741, '1,187.41'],
    [100_000_000, '1,000,000.00'],
    [-500, '−5.00'],
  ])('%d fen reads %s', (amount_fen, text) => {
    expect(formatFen(amount_fen)).toBe(text);
  });

  it('puts the sign before the currency', () => {
    expect([formatYuan(4_990), formatYuan(-500)]).toEqual(['¥49.90', '−¥5.00']);
  });
});

describe('time', () => {
  it('counts whole seconds and never below zero', () => {
    expect([
      secondsUntil(5_001, 1_000),
      secondsUntil(5_000, 1_000),
      secondsUntil(0, 9_000),
      secondsSince(1_000, 4_999),
      secondsSince(9_000, 1_000),
    ]).toEqual([5, 4, 0, 3, 0]);
  });

  it('says an age in the unit that fits', () => {
    expect([0, 119_999, 120_000, 7_199_000, 7_200_000, 172_800_000].map(ageParts)).toEqual([
      { unit: 'seconds', count: 0 },
      { unit: 'seconds', count: 119 },
      { unit: 'minutes', count: 2 },
      { unit: 'minutes', count: 119 },
      { unit: 'hours', count: 2 },
      { unit: 'days', count: 2 },
    ]);
  });
});

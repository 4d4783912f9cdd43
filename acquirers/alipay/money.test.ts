// Yuan and fen, by digits.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenOf, yuanOf } from './money.ts';

test.each([
  [1, '0.01'],
  [9, '0.09'],
  [10, '0.10'],
  [100, '1.00'],
  [8880, '88.80'],
  [10_000_000_000, '100000000.00'],
])('%d fen are %s yuan, and back', (fen, yuan) => {
  expect(yuanOf(fen)).toBe(yuan);
  expect(fenOf(yuan)).toBe(fen);
});

test.each([
  ['88', 8800],
  ['88.8', 8880],
  ['0.29', 29],
  ['1.15', 115],
  ['4.35', 435],
  ['0.00', 0],
])('%s yuan are %d fen, where a float would round', (yuan, fen) => {
  expect(fenOf(yuan)).toBe(fen);
});

test.each([
  '',
  '.5',
  '1.',
  '1.005',
  '01.00',
  '-1.00',
  '+1.00',
  '1e2',
  '1,000.00',
  ' 1.00',
  '1.00 ',
  '１.00',
  'NaN',
])('%j is no amount', (yuan) => {
  expect(fenOf(yuan)).toBeNull();
});

test.each([[88.8], [null], [undefined], [{}], [['1.00']]])('%j is no text, so no amount', (yuan) => {
  expect(fenOf(yuan)).toBeNull();
});

test.each([-1, 0.5, Number.NaN, Number.MAX_VALUE])('%d is never sent', (fen) => {
  expect(() => yuanOf(fen)).toThrow('whole number of fen');
});

test('what is written is read as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => fenOf(yuanOf(fen)) === fen),
    { seed: 3 },
  );
});

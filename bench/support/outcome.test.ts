// The pure parts of the harness: medians, ratios round by round, verdicts, the table.
import { expect, test } from 'vitest';
import { median, percentile, show } from './figures.ts';
import { boundedOf, comparedOf, figureOf, ratioOf } from './outcome.ts';
import { markdownOf, tableOf } from './table.ts';

const facts = { measure: 'commit', name: 'enqueue', unit: 'ms' };

test('a percentile is a sample; of none there is none', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(percentile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(() => median([])).toThrow('no samples');
  expect([show(1234.5), show(12.34), show(0.1234)]).toEqual(['1235', '12.3', '0.123']);
});

test('the ratio is taken in each round, so that a slow second for both counts as nothing', () => {
  const rounds = [
    { ours: [2, 2, 50], limit: [1, 1, 1] },
    { ours: [40, 40, 40], limit: [20, 20, 20] },
    { ours: [3, 3, 3], limit: [1, 1, 1] },
  ];
  expect(ratioOf(rounds)).toEqual({ median: 2, min: 2, max: 3, rounds: 3 });
});

test('a ratio at its goal meets it, one above misses it, one without a goal is a figure', () => {
  const rounds = [{ ours: [2], limit: [1] }];
  const against = (goal_ratio: number | null) =>
    comparedOf({ ...facts, limitName: 'raw', goal_ratio }, rounds).verdict;
  expect([against(2), against(1.99), against(null)]).toEqual(['met', 'missed', 'figure only']);
});

test('a bound is a limit or an exact number', () => {
  expect(boundedOf({ ...facts, atMost: 5 }, 5).verdict).toBe('met');
  expect(boundedOf({ ...facts, atMost: 5 }, 5.1).verdict).toBe('missed');
  expect(boundedOf({ ...facts, exactly: 1 }, 1).verdict).toBe('met');
  expect(boundedOf({ ...facts, exactly: 1 }, 0).verdict).toBe('missed');
  expect(boundedOf({ ...facts, exactly: 1 }, 1.01)).toMatchObject({ goal: '= 1 ms', verdict: 'missed' });
});

test('the table shows figure, limit, ratio, goal, verdict, seed and note', () => {
  const compared = comparedOf({ ...facts, seed: 7, limitName: 'raw', goal_ratio: 1.5 }, [
    { ours: [2], limit: [1] },
  ]);
  const text = tableOf([compared, figureOf({ ...facts, note: 'of one machine' }, 0.5)]);
  expect(text.split('\n')).toHaveLength(5);
  for (const part of [
    'enqueue (seed 7)',
    '2.000 ms',
    'raw: 1.000 ms',
    '2.00 (2.00-2.00, 1 rounds)',
    'MISSED',
  ])
    expect(text).toContain(part);
  expect(text).toContain('of one machine');
  expect(markdownOf([compared])).toContain('| <= 1.5 x | MISSED |');
});

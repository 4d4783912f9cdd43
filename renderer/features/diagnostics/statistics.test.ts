// What a device counted: known names in a fixed order, and nothing left out because nobody has a word for it.
import { expect, it } from 'vitest';
import { statisticsOf } from './statistics.ts';

it('puts what is known in order and keeps what is not', () => {
  const counted = { SentByteCount: 9, HoursPoweredCount: 4, GoodScanCount: 2 };
  expect(statisticsOf(counted)).toEqual([
    { name: 'GoodScanCount', plain: 'GoodScanCount', count: 2 },
    { name: 'SentByteCount', plain: 'SentByteCount', count: 9 },
    { name: 'HoursPoweredCount', plain: null, count: 4 },
  ]);
});

// The time that is looked through follows the shop's clock, over the ends of months too.
import { expect, test } from 'vitest';
import { boundsOf, partName, partsOfDay, stepped } from './span.ts';

const HOUR_ms = 3_600_000;

test('a day is one of the shop, whatever the machine says', () => {
  expect(boundsOf({ date: '2026-11-23', part: null })).toEqual({
    from_ms: Date.UTC(2026, 10, 22, 16),
    to_ms: Date.UTC(2026, 10, 23, 16),
  });
  expect(boundsOf({ date: null, part: 2 })).toEqual({ from_ms: null, to_ms: null });
});

test('the parts of a day leave no hour out and share none', () => {
  const bounds = partsOfDay.map((_, part) => boundsOf({ date: '2026-11-23', part }));
  const whole = boundsOf({ date: '2026-11-23', part: null });
  expect([bounds[0]?.from_ms, bounds.at(-1)?.to_ms]).toEqual([whole.from_ms, whole.to_ms]);
  for (const [index, { from_ms }] of bounds.entries())
    if (index > 0) expect(from_ms).toBe(bounds[index - 1]?.to_ms);
  expect((bounds[1]?.to_ms ?? 0) - (bounds[1]?.from_ms ?? 0)).toBe(3 * HOUR_ms);
  expect(partName(1)).toBe('09:00–12:00');
});

test('days are stepped through, never beyond today, and the part of the day stays', () => {
  expect(stepped({ date: '2026-12-01', part: 1 }, -1, '2026-12-01')).toEqual({ date: '2026-11-30', part: 1 });
  expect(stepped({ date: '2026-12-01', part: 1 }, 1, '2026-12-01')).toEqual({ date: '2026-12-01', part: 1 });
  expect(stepped({ date: null, part: null }, -1, '2026-12-01').date).toBe('2026-12-01');
});

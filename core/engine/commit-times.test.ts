// The log of commit times: the last ones in their order, never more than it keeps.
import { expect, it } from 'vitest';
import { CommitLog } from './commit-times.ts';

it('knows nothing before the first commit', () => {
  const log = new CommitLog();
  expect([log.count, log.last_ms, log.recent_ms()]).toEqual([0, 0, []]);
});

it('keeps the last 256, oldest first', () => {
  const log = new CommitLog();
  for (let took_ms = 1; took_ms <= 600; took_ms += 1) log.add(took_ms);
  expect([log.count, log.last_ms]).toEqual([600, 600]);
  expect(log.recent_ms()).toEqual(Array.from({ length: 256 }, (_, at) => 345 + at));
});

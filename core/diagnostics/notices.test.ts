// The technician's line about notices: never red for want of a relay, and red for what is wrong today.
import { expect, it } from 'vitest';
import type { NoticesReport } from '../engine/notices.ts';
import { noticesFound } from './notices.ts';

const now_ms = Date.UTC(2026, 10, 29);
const hour_ms = 3600 * 1000;
const good: NoticesReport = {
  cause: null,
  wasReached: true,
  ours: 3,
  others: 4,
  problems: 2,
  problem: null,
};
const wrong = (age_ms: number): NoticesReport => ({
  ...good,
  problem: { what: 'badSignature', at_ms: now_ms - age_ms },
});

it.each<[string, NoticesReport | null, string, string | undefined]>([
  ['no relay', null, 'skipped noticesNone', ''],
  ['not asked yet', { ...good, wasReached: false }, 'skipped noticesUntold', ''],
  ['all good', good, 'pass noticesHeard', '3 + 4, 2 ?'],
  ['away', { ...good, cause: 'ECONNREFUSED' }, 'fail noticesAway', 'ECONNREFUSED'],
  ['never there', { ...good, wasReached: false, cause: 'ENOTFOUND' }, 'fail noticesAway', 'ENOTFOUND'],
  ['another token', { ...good, cause: 'HTTP_401' }, 'fail noticesRefused', 'HTTP_401'],
  ['a forged one', wrong(hour_ms), 'fail noticesDoubtful', 'badSignature, 3 + 4, 2 ?'],
  ['a forged one of yesterday', wrong(25 * hour_ms), 'pass noticesHeard', '3 + 4, 2 ?'],
])('%s', (_, report, told, detail) => {
  const found = noticesFound(report, now_ms);
  expect([`${found.verdict} ${found.finding}`, found.detail]).toEqual([told, detail]);
});

// Certificates near their end are named with the days that are left.
import { expect, it } from 'vitest';
import { certificatesFound } from './certificates.ts';

const NOW_ms = Date.parse('2026-11-28T12:00:00Z');
const day_ms = 24 * 3600 * 1000;
const ending = (name: string, days: number) => ({ name, validTo_ms: NOW_ms + days * day_ms });

it.each<[string, Parameters<typeof certificatesFound>[0], string, string]>([
  ['none', [], 'certificatesNone', ''],
  [
    'all fresh, the first end shown',
    [ending('b', 400), ending('a', 31)],
    'certificatesFresh',
    'a 31 d (2026-12-29)',
  ],
  ['one within a month', [ending('a', 400), ending('b', 29.5)], 'certificateEnds', 'b 29 d (2026-12-28)'],
  ['one within a week and a day', [ending('b', 7.2)], 'certificateEnds', 'b 7 d (2026-12-05)'],
  [
    'one within a week',
    [ending('a', 20), ending('b', 6.9)],
    'certificateEndsThisWeek',
    'b 6 d (2026-12-05), a 20 d (2026-12-18)',
  ],
  ['one within a day', [ending('b', 0.9)], 'certificateEndsNow', 'b 0 d (2026-11-29)'],
  [
    'one within a day, one over',
    [ending('a', 0.9), ending('b', -2)],
    'certificateEndsNow',
    'b -2 d (2026-11-26), a 0 d (2026-11-29)',
  ],
])('%s', (_, ends, finding, detail) => {
  expect(certificatesFound(ends, NOW_ms)).toMatchObject({ finding, ...(detail === '' ? {} : { detail }) });
});

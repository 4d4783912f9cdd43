// Calendar text against the platform's own calendar, which the domain may not use.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoFromMs, msFromIso, shanghaiTime } from './time.ts';

describe('isoFromMs', () => {
  test('is what Date says, from 1900 to 2199', () => {
    const anyTime = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2199, 11, 31) });
    fc.assert(
      fc.property(anyTime, (ms) => {
        expect(isoFromMs(ms)).toBe(new Date(ms).toISOString());
      }),
    );
  });

  test('every day of 400 years', () => {
    for (let ms = Date.UTC(1970, 0, 1); ms < Date.UTC(2370, 0, 1); ms += 24 * 3600 * 1000) {
      if (isoFromMs(ms) !== new Date(ms).toISOString())
        expect(isoFromMs(ms)).toBe(new Date(ms).toISOString());
    }
  });

  test('cuts fractions of a millisecond off', () => {
    expect(isoFromMs(0.9)).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('msFromIso', () => {
  test('reads what isoFromMs writes, and nothing else', () => {
    const anyTime = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(2199, 11, 31) });
    fc.assert(
      fc.property(anyTime, (ms) => {
        expect(msFromIso(isoFromMs(ms))).toBe(ms);
      }),
    );
    const others = ['', '2026-11-23', '2026-11-23T02:42:07Z', '2026-11-23T02:42:07.000+08:00', 'x'];
    expect(others.map(msFromIso)).toEqual(others.map(() => null));
  });
});

describe('shanghaiTime', () => {
  test.each([
    ['2026-11-23T02:42:07Z', '2026-11-23 10:42:07'],
    ['2026-11-23T15:59:59Z', '2026-11-23 23:59:59'],
    ['2026-11-23T16:00:00Z', '2026-11-24 00:00:00'],
    ['2026-11-30T16:00:00Z', '2026-12-01 00:00:00'],
    ['2026-12-31T16:00:00Z', '2027-01-01 00:00:00'],
    ['2026-02-28T16:30:00Z', '2026-03-01 00:30:00'],
    ['2028-02-28T16:30:00Z', '2028-02-29 00:30:00'],
    ['2028-02-29T16:30:00Z', '2028-03-01 00:30:00'],
    ['2100-02-28T20:00:00Z', '2100-03-01 04:00:00'],
    ['2000-02-28T20:00:00Z', '2000-02-29 04:00:00'],
  ])('%s is %s', (utc, local) => {
    expect(shanghaiTime(Date.parse(utc))).toBe(local);
  });
});

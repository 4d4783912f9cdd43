// Two clocks: what both have reached, and whether they agree. Nothing of it is believed without TLS.
import { describe, expect, it } from 'vitest';
import { Calls } from './calls.ts';

const NOW_ms = Date.UTC(2026, 10, 28, 10);
const calls = (baseUrl = 'https://acquirer.example') => new Calls({ baseUrl, wall_ms: () => NOW_ms });
const answered = (skew_ms: number) => ({ kind: 'answered', serverDate_ms: NOW_ms + skew_ms });
const silent = { kind: 'noAnswer', cause: 'TIMED_OUT' };

describe('the time that both clocks have reached', () => {
  it.each([
    [0, 0],
    [3_600_000, 0],
    [-3_600_000, -3_600_000],
  ])("is the earlier one: the server's %i ms from ours", (skew_ms, reached_ms) => {
    expect(calls().reachedBy(answered(skew_ms))).toBe(NOW_ms + reached_ms);
  });

  it('is none without an answer, a Date, or TLS', () => {
    expect(calls().reachedBy(silent)).toBeNull();
    expect(calls().reachedBy({ kind: 'answered', serverDate_ms: null })).toBeNull();
    expect(calls('http://127.0.0.1:8080').reachedBy(answered(0))).toBeNull();
  });
});

describe('one clock for both', () => {
  it.each([
    [0, true],
    [60_000, true],
    [-60_000, true],
    [60_001, false],
    [-60_001, false],
  ])('%i ms apart: %s', (skew_ms, isShared) => {
    expect(calls().isClockShared(answered(skew_ms))).toBe(isShared);
  });

  it('is not assumed of an answer without a Date, and not asked for on loopback', () => {
    expect(calls().isClockShared({ kind: 'answered', serverDate_ms: null })).toBe(false);
    expect(calls('http://127.0.0.1:8080').isClockShared(answered(3_600_000))).toBe(true);
  });
});

// Payment timers follow the state and never wait longer than they were meant to, whatever the clocks did in between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../test/core/fakes.ts';
import { emptyTill, type TillState } from '../domain/till/state.ts';
import { createTimers, remaining_ms } from './timers.ts';

function stateWith(due: Record<string, { at_ms: number; after_ms: number } | null>): TillState {
  const attempts = Object.fromEntries(
    Object.entries(due).map(([id, one]) => [id, { machine: { due: one } }]),
  );
  return { ...emptyTill, attempts: attempts as never };
}

describe('what remains', () => {
  it.each([
    ['in the middle', { at_ms: 1000, after_ms: 500 }, 700, 300],
    ['at its time', { at_ms: 1000, after_ms: 500 }, 1000, 0],
    ['long past, after hours without power', { at_ms: 1000, after_ms: 500 }, 9_000_000, 0],
    ['far ahead, the wall clock having been set back', { at_ms: 9_000_000, after_ms: 500 }, 1000, 500],
  ])('%s', (_when, due, now_ms, expected_ms) => {
    expect(remaining_ms(due, now_ms)).toBe(expected_ms);
  });

  it('is always between nothing and the original span', () => {
    const ms = fc.integer({ min: -(2 ** 45), max: 2 ** 45 });
    fc.assert(
      fc.property(ms, fc.nat(), ms, (at_ms, after_ms, now_ms) => {
        const left_ms = remaining_ms({ at_ms, after_ms }, now_ms);
        expect(left_ms).toBe(Math.min(Math.max(at_ms - now_ms, 0), after_ms));
      }),
    );
  });
});

const saying = (fired: string[]) => ({
  attempt: (id: string) => void fired.push(id),
  giveBack: (id: string) => void fired.push(`back ${id}`),
});
const following = (attemptIds: string[]) => ({ attemptIds, giveBackIds: [] });

describe('timers', () => {
  it('fire once, at their time, in order', () => {
    const clock = fakeClock(0);
    const fired: string[] = [];
    const timers = createTimers(clock, saying(fired));
    timers.follow(
      stateWith({ late: { at_ms: 200, after_ms: 200 }, soon: { at_ms: 100, after_ms: 100 } }),
      following(['late', 'soon']),
    );
    clock.advance(99);
    expect(fired).toEqual([]);
    clock.advance(1);
    expect(fired).toEqual(['soon']);
    clock.advance(1000);
    expect(fired).toEqual(['soon', 'late']);
    expect(clock.armed).toBe(0);
  });

  it('are moved, kept or cancelled by what the state says', () => {
    const clock = fakeClock(0);
    const fired: string[] = [];
    const timers = createTimers(clock, saying(fired));
    timers.follow(stateWith({ a: { at_ms: 100, after_ms: 100 } }), following(['a']));
    clock.advance(50);
    timers.follow(stateWith({ a: { at_ms: 100, after_ms: 100 } }), following(['a']));
    expect(clock.armed).toBe(1);
    timers.follow(stateWith({ a: { at_ms: 300, after_ms: 250 } }), following(['a']));
    clock.advance(100);
    expect(fired).toEqual([]);
    timers.follow(stateWith({ a: null }), following(['a']));
    clock.advance(1000);
    timers.follow(stateWith({}), following(['a', 'unknown']));
    expect({ fired, armed: clock.armed }).toEqual({ fired: [], armed: 0 });
  });

  it('are all gone after stop', () => {
    const clock = fakeClock(0);
    const fired: string[] = [];
    const timers = createTimers(clock, saying(fired));
    timers.follow(
      stateWith({ a: { at_ms: 1, after_ms: 1 }, b: { at_ms: 2, after_ms: 2 } }),
      following(['a', 'b']),
    );
    timers.stop();
    clock.advance(1000);
    expect(fired).toEqual([]);
  });
});

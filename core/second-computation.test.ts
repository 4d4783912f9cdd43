// The second computation reads the whole journal anew after a start, and keeps nobody waiting meanwhile.
import { expect, it } from 'vitest';
import { createSecondComputation } from './second-computation.ts';

const MS_PER_ROW = 0.1;

/** A journal of this many records, each of which takes its time, and a clock that counts what each turn of the loop took. */
function stage(records: number) {
  let now_ms = 0;
  let journal = records;
  const turns: { wait_ms: number; took_ms: number }[] = [];
  let next: { wait_ms: number; run: () => void } | null = null;
  const clock = {
    steady_ms: () => now_ms,
    after: (wait_ms: number, run: () => void) => {
      next = { wait_ms, run };
      return () => (next = null);
    },
  };
  const second = createSecondComputation({
    head: () => ({ sequence: journal, hash: '' }),
    journalAfter: (sequence, limit) => {
      const length = Math.min(limit, journal - sequence);
      now_ms += length * MS_PER_ROW;
      return Array.from({ length }, (_, at) => ({
        sequence: sequence + at + 1,
        at: '2026-11-23T02:00:00.000Z',
        type: 'operator.signedOut',
        body: '{}',
        hash: '',
      }));
    },
  });
  const turn = () => {
    const { wait_ms, run } = next ?? { wait_ms: Infinity, run: () => undefined };
    const started_ms = now_ms;
    run();
    turns.push({ wait_ms, took_ms: now_ms - started_ms });
  };
  return {
    second,
    clock,
    turns,
    turn,
    grow: (by: number) => (journal += by),
    isWaiting: () => next !== null,
  };
}

const idle = () => false;

it('takes a year of records in turns that nobody notices, and fast', () => {
  const { second, clock, turns, turn } = stage(100_000);
  second.reading({ clock, isServing: idle }).start();
  while (second.progress().unread > 0) turn();
  const [first, ...others] = turns;
  expect(Math.max(...turns.map(({ took_ms }) => took_ms))).toBeLessThan(20);
  expect(first?.wait_ms).toBe(1000);
  const waited_ms = others.reduce((sum, { wait_ms }) => sum + wait_ms, 0);
  expect(waited_ms).toBeLessThan(100_000 * MS_PER_ROW * 0.2);
});

it('leaves most of the time to whoever is served', () => {
  const { second, clock, turns, turn } = stage(2000);
  second.reading({ clock, isServing: () => true }).start();
  for (let count = 0; count < 5; count += 1) turn();
  for (const { wait_ms, took_ms } of turns) expect(wait_ms).toBeGreaterThan(took_ms);
});

it('goes on with what comes later, until it is stopped', () => {
  const { second, clock, turn, grow, isWaiting } = stage(10);
  const reading = second.reading({ clock, isServing: idle });
  reading.start();
  turn();
  grow(30_000);
  expect(second.progress()).toEqual({ unread: 30_000, percent: 0 });
  while (second.progress().unread > 0) turn();
  reading.stop();
  expect(isWaiting()).toBe(false);
});

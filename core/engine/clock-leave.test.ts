// The wall clock was set, or the machine slept: the core leaves for a run with the right date, and nobody who is served notices.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { answers } from '../../test/sim/till-kit.ts';
import { tea } from '../../fixtures/databases/till.ts';
import { createClockLeave, type OnItsWay } from './clock-leave.ts';

const DAY_ms = 24 * 3_600_000;
const MINUTE_ms = 60_000;

function leaving() {
  const stage = engineStage();
  const now = {
    onItsWay: 'nothing' as OnItsWay,
    isAtWork: false,
    untouched_ms: Number.POSITIVE_INFINITY,
    left: 0,
  };
  const watch = createClockLeave({
    engine: stage.engine,
    clock: stage.clock,
    onItsWay: () => now.onItsWay,
    isAtWork: () => now.isAtWork,
    untouched_ms: () => now.untouched_ms,
    stepsAmong: stage.store.clockStepsAmong,
  });
  watch.start(() => (now.left += 1));
  return { ...stage, now, watch };
}

it('leaves at once when nobody is at the till, and the step stands in the journal by then', () => {
  const { clock, now, store } = leaving();
  clock.advance(10 * MINUTE_ms);
  expect(now.left).toBe(0);
  clock.stepWall(DAY_ms);
  clock.advance(1000);
  expect(now.left).toBe(1);
  const last = store.commits.at(-1)?.records.at(-1);
  expect(last).toEqual({ type: 'clock.stepped', body: { by_ms: DAY_ms } });
  clock.advance(10 * MINUTE_ms);
  expect(now.left).toBe(1);
});

it('stays for less than two minutes, and for a clock that was set back to where it was', () => {
  const { clock, engine, now } = leaving();
  clock.stepWall(MINUTE_ms);
  clock.advance(10_000);
  now.isAtWork = true;
  clock.stepWall(DAY_ms);
  clock.advance(10_000);
  expect(engine.clockSetBy_ms).toBe(DAY_ms + MINUTE_ms);
  clock.stepWall(-DAY_ms);
  clock.advance(10_000);
  now.isAtWork = false;
  clock.advance(MINUTE_ms);
  expect([engine.clockSetBy_ms, now.left]).toEqual([0, 0]);
});

it('many small steps are one large one', () => {
  const { clock, now } = leaving();
  for (let count = 0; count < 3; count += 1) {
    clock.stepWall(-50_000);
    clock.advance(10_000);
  }
  expect(now.left).toBe(1);
});

it('serves whoever stands there first: goods, payment, paper', () => {
  const stage = leaving();
  const { clock, engine, now } = stage;
  const waits = (): boolean => {
    clock.advance(5 * MINUTE_ms);
    return now.left === 0;
  };
  engine.ask({ kind: 'goodsEntered', goods: tea });
  clock.stepWall(DAY_ms);
  expect(waits()).toBe(true);
  engine.ask({ kind: 'saleCancelled' });
  engine.ask({ kind: 'saleLeft' });
  now.untouched_ms = 4999;
  expect(waits()).toBe(true);
  now.untouched_ms = 5000;
  now.onItsWay = 'devices';
  expect(waits()).toBe(true);
  now.onItsWay = 'nothing';
  now.isAtWork = true;
  expect(waits()).toBe(true);
  now.isAtWork = false;
  clock.advance(1000);
  expect(now.left).toBe(1);
});

it('a payment without an answer keeps it at the counter; parked, for a minute', () => {
  const { clock, engine, now, sell } = leaving();
  const attemptId = sell();
  engine.post({ kind: 'payment', attemptId, event: answers.noAnswer });
  clock.stepWall(DAY_ms);
  clock.advance(5 * MINUTE_ms);
  expect(now.left).toBe(0);
  engine.ask({ kind: 'saleParked' });
  now.onItsWay = 'acquirer';
  now.untouched_ms = 59_999;
  clock.advance(5000);
  expect(now.left).toBe(0);
  now.untouched_ms = 60_000;
  clock.advance(1000);
  expect(now.left).toBe(1);
});

it('what was looked up stays on the screen for a minute', () => {
  const { clock, engine, now } = leaving();
  engine.updateUi({ foundSale: { saleId: 'S001000001', isUnsure: false } });
  clock.stepWall(DAY_ms);
  now.untouched_ms = 59_999;
  clock.advance(5000);
  expect(now.left).toBe(0);
  now.untouched_ms = 60_000;
  clock.advance(1000);
  expect(now.left).toBe(1);
});

it('a clock that is set again and again costs one restart in two minutes', () => {
  const { clock, engine, now } = leaving();
  // The run before this one ended for it.
  engine.post({ kind: 'clockStepped', by_ms: DAY_ms });
  clock.stepWall(DAY_ms);
  clock.advance(2 * MINUTE_ms - 1000);
  expect(now.left).toBe(0);
  clock.advance(1000);
  expect(now.left).toBe(1);
});

it('where nobody would start it again it stays', () => {
  const { clock, engine, now, watch } = leaving();
  watch.stop();
  watch.start(null);
  clock.stepWall(DAY_ms);
  clock.advance(10 * MINUTE_ms);
  expect([engine.clockSetBy_ms, now.left]).toEqual([DAY_ms, 0]);
});

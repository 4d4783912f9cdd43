// Nobody touches the till for a while, or the machine sleeps: it locks, unless a payment is under way, and its sale stays.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof, tea } from '../../fixtures/databases/till.ts';
import { createIdleLock } from './idle-lock.ts';

/** Shorter than a payment may stay in doubt. */
const LOCK_ms = 10_000;

const MINUTE_ms = 60_000;
const NIGHT_ms = 10 * 60 * MINUTE_ms;

function stageWithLock(lockAfter_ms = LOCK_ms) {
  const stage = engineStage();
  const locked: string[] = [];
  let sleeps = 0;
  const idle = createIdleLock({
    engine: stage.engine,
    clock: stage.clock,
    lockAfter_ms,
    onLock: (operatorId) => locked.push(operatorId),
    onSlept: () => (sleeps += 1),
  });
  return { ...stage, idle, locked, sleeps: () => sleeps };
}

it('locks after the time without a touch, not before, and once', () => {
  const { clock, engine, idle, locked } = stageWithLock();
  engine.ask({ kind: 'goodsEntered', goods: tea });
  clock.advance(LOCK_ms - 1);
  idle.touched();
  clock.advance(LOCK_ms - 1);
  expect(locked).toEqual([]);
  clock.advance(1);
  expect(locked).toEqual(['lin']);
  expect(engine.state).toMatchObject({ isLocked: true, operatorId: null });
  expect(engine.state.sales[engine.state.currentSaleId ?? '']?.lines).toHaveLength(1);
  clock.advance(10 * LOCK_ms);
  expect(locked).toEqual(['lin']);
});

it('waits for a payment under way, and locks soon after its end', () => {
  const { clock, engine, idle, locked, sell, dispatcher, acquirer } = stageWithLock();
  sell();
  dispatcher.pump();
  clock.advance(2 * LOCK_ms);
  expect(locked).toEqual([]);
  acquirer.asked[0]?.post({ kind: 'approved', proof });
  clock.advance(LOCK_ms / 10);
  expect(locked).toEqual(['lin']);
  expect(engine.state.isLocked).toBe(true);
  idle.stop();
});

it('that was stopped never locks', () => {
  const { clock, idle, locked } = stageWithLock();
  idle.stop();
  clock.advance(10 * LOCK_ms);
  expect(locked).toEqual([]);
});

it('locks after a night asleep, which its timer does not count, with goods on the counter too', () => {
  const { clock, engine, store, locked, sleeps } = stageWithLock();
  engine.ask({ kind: 'goodsEntered', goods: tea });
  clock.stepWall(NIGHT_ms);
  engine.lookAtClock();
  expect([locked, sleeps()]).toEqual([['lin'], 1]);
  expect(engine.state).toMatchObject({ isLocked: true, operatorId: null });
  expect(engine.state.sales[engine.state.currentSaleId ?? '']?.lines).toHaveLength(1);
  const types = store.commits.flatMap(({ records }) => records.map(({ type }) => type));
  expect(types.slice(-2)).toEqual(['clock.stepped', 'till.locked']);
});

it('the first touch after the night finds it locked, whenever the clock is looked at next', () => {
  const { clock, engine, idle, locked, sleeps } = stageWithLock();
  clock.stepWall(NIGHT_ms);
  idle.touched();
  expect([locked, sleeps()]).toEqual([['lin'], 1]);
  engine.post({ kind: 'signedIn', operatorId: 'chen', role: 'manager' });
  idle.touched();
  expect(engine.state.operatorId).toBe('chen');
});

it('ends sign-ins after a night though nobody sells here', () => {
  const { clock, engine, locked, sleeps } = stageWithLock();
  engine.post({ kind: 'signedOut' });
  clock.stepWall(NIGHT_ms);
  engine.lookAtClock();
  expect([locked, sleeps(), engine.state.isLocked]).toEqual([[], 1, false]);
});

it('a step that is no longer than the time without a touch changes nothing, nor does one back', () => {
  const { clock, engine, locked, sleeps } = stageWithLock(5 * MINUTE_ms);
  for (const by_ms of [5 * MINUTE_ms, -NIGHT_ms, 3 * MINUTE_ms]) {
    clock.stepWall(by_ms);
    engine.lookAtClock();
  }
  expect([locked, sleeps(), engine.state.isLocked]).toEqual([[], 0, false]);
});

it('asleep in the middle of a payment: it locks with the record that ends it', () => {
  const { clock, engine, locked, sell, dispatcher, acquirer } = stageWithLock(60 * MINUTE_ms);
  sell();
  dispatcher.pump();
  clock.stepWall(NIGHT_ms);
  engine.lookAtClock();
  expect(locked).toEqual([]);
  acquirer.asked[0]?.post({ kind: 'approved', proof });
  expect(locked).toEqual(['lin']);
  expect(engine.state.isLocked).toBe(true);
});

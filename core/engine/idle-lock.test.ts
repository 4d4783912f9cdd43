// Nobody touches the till for a while: it locks, unless a payment is under way, and its sale stays.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof, tea } from '../../fixtures/databases/till.ts';
import { createIdleLock } from './idle-lock.ts';

/** Shorter than a payment may stay in doubt. */
const LOCK_ms = 10_000;

function stageWithLock() {
  const stage = engineStage();
  const locked: string[] = [];
  const idle = createIdleLock({
    engine: stage.engine,
    clock: stage.clock,
    lockAfter_ms: LOCK_ms,
    onLock: (operatorId) => locked.push(operatorId),
  });
  return { ...stage, idle, locked };
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

// A till that nobody touches locks itself: the sale stays on the counter, the next person signs in to go on. Its timer stands still while
// the machine sleeps, so a long step of the wall clock counts as well.
import { attemptsOf, currentSale, isUndecided } from '../domain/till/queries.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

/** `untouched_ms`: since the last touch of this run; Infinity: there was none. */
export type IdleLock = { touched(): void; untouched_ms(): number; stop(): void };

/** A payment under way is watched by somebody: the till does not lock in the middle of it. */
export function isPaying(engine: Pick<Engine, 'state'>): boolean {
  const sale = currentSale(engine.state);
  if (sale === null) return false;
  return attemptsOf(engine.state, sale).some(isUndecided);
}

export function createIdleLock(deps: {
  engine: Engine;
  clock: Clock;
  lockAfter_ms: number;
  /** The operator who was at the counter: his sign-ins end. */
  onLock(operatorId: string): void;
  /** The machine may have slept for longer than the lock waits: whoever comes now need not be who signed in, at this screen or another. */
  onSlept(): void;
}): IdleLock {
  const { engine, clock, lockAfter_ms } = deps;
  let last_ms = clock.steady_ms();
  let wasTouched = false;
  let hasSlept = false;
  let cancel: (() => void) | null = null;

  function lock(): void {
    if (isPaying(engine)) return;
    hasSlept = false;
    const { operatorId } = engine.state;
    if (operatorId === null) return;
    engine.post({ kind: 'locked' });
    deps.onLock(operatorId);
  }

  function look(): void {
    const left_ms = last_ms + lockAfter_ms - clock.steady_ms();
    if (left_ms <= 0) lock();
    const wait_ms = left_ms > 0 ? left_ms : lockAfter_ms / 10;
    cancel = clock.after(wait_ms, look);
  }

  /** Now and not when the core leaves for it: with goods on the counter it stays (docs/adr/0022). */
  engine.onClockStep((by_ms) => {
    if (by_ms <= lockAfter_ms) return;
    hasSlept = true;
    deps.onSlept();
    lock();
  });
  // A payment that was under way has ended: before anybody does anything else.
  engine.onCommit(() => {
    if (hasSlept) lock();
  });
  cancel = clock.after(lockAfter_ms, look);
  return {
    touched: () => {
      // The first key after a night may come before the look of each second.
      engine.lookAtClock();
      wasTouched = true;
      last_ms = clock.steady_ms();
    },
    untouched_ms: () => (wasTouched ? clock.steady_ms() - last_ms : Number.POSITIVE_INFINITY),
    stop: () => cancel?.(),
  };
}

// A core keeps the time that it began with: all its timers rest on that. After the wall clock was set its papers would say the wrong date
// until it starts anew, so it leaves in order as soon as nobody is served, and is started again (docs/adr/0022).
import { isCounterTaken } from '../domain/till/queries.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';
import { isPaying } from './idle-lock.ts';

/** What is on its way: at a printer or a drawer, or at an acquirer. */
export type OnItsWay = 'nothing' | 'devices' | 'acquirer';

type Dependencies = {
  engine: Pick<Engine, 'state' | 'ui' | 'clockSetBy_ms' | 'lookAtClock'>;
  clock: Clock;
  onItsWay(): OnItsWay;
  /** Something was asked for that would be lost: an examination, a bill that is being compared. */
  isAtWork(): boolean;
  /** Since somebody used the till: a key, a scan. */
  untouched_ms(): number;
  /** How often the clock was set, by the journal's newest records. */
  stepsAmong(records: number): number;
};

/** Null: nobody would start it again. It only says on screen that the clock was set. */
export type Leave = (() => void) | null;

export type ClockLeave = { start(leave: Leave): void; stop(): void };

const LOOK_ms = 1000;
/** Between two customers, and longer than it takes to press the next key: the second of the restart takes no scan. */
const QUIET_ms = 5000;
/** A restart goes on with whatever an acquirer was asked, and forgets what was only looked up: for both it waits a while, and not for ever. */
const PATIENCE_ms = 60_000;
/** A clock that is set again and again costs one restart in so long. */
const AGAIN_AFTER_ms = 2 * 60_000;
/** A run that did nothing else writes far fewer. */
const RECENT_records = 50;

class Leaving implements ClockLeave {
  readonly #deps: Dependencies;
  readonly #startedAt_ms: number;
  #cancel: (() => void) | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#startedAt_ms = deps.clock.steady_ms();
  }

  start(leave: Leave): void {
    this.#deps.engine.lookAtClock();
    if (leave !== null && this.#mayLeave()) return leave();
    this.#cancel = this.#deps.clock.after(LOOK_ms, () => this.start(leave));
  }

  stop(): void {
    this.#cancel?.();
  }

  #mayLeave(): boolean {
    const { engine } = this.#deps;
    if (engine.clockSetBy_ms === 0) return false;
    return !this.#isServing() && !this.#isTooSoon();
  }

  #isServing(): boolean {
    const { engine, onItsWay, isAtWork, untouched_ms } = this.#deps;
    const quiet_ms = untouched_ms();
    if (quiet_ms < QUIET_ms || isCounterTaken(engine.state) || isPaying(engine) || isAtWork()) return true;
    const busy = onItsWay();
    const isShowing = engine.ui.foundSale !== null || engine.ui.askedPayments !== null;
    return busy === 'devices' || (quiet_ms < PATIENCE_ms && (busy === 'acquirer' || isShowing));
  }

  /** The run before ended for the clock as well, by all that the journal tells. */
  #isTooSoon(): boolean {
    const { clock, stepsAmong } = this.#deps;
    return clock.steady_ms() - this.#startedAt_ms < AGAIN_AFTER_ms && stepsAmong(RECENT_records) > 1;
  }
}

export function createClockLeave(deps: Dependencies): ClockLeave {
  return new Leaving(deps);
}

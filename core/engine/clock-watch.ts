// Notices that the wall clock was set, or that the machine slept: it and the steady clock no longer keep their distance.
import type { Clock } from '../ports/clock.ts';

/** What is less is no step: two clocks drift, and a paper may be a minute off. */
export const CLOCK_STEP_ms = 2 * 60 * 1000;

export class ClockWatch {
  readonly #clock: Clock;
  /** The steady clock began with what the wall clock said then, and not when somebody began to watch: a start takes a while. */
  #noticed_ms = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The step since the last one that was noticed when it is over two minutes, else null. */
  step_ms(): number | null {
    const by_ms = Math.round(this.#distance_ms() - this.#noticed_ms);
    if (Math.abs(by_ms) < CLOCK_STEP_ms) return null;
    this.#noticed_ms += by_ms;
    return by_ms;
  }

  /** How far the till's own time is from the wall clock, by what was noticed; 0: it is right. */
  setBy_ms(): number {
    return Math.abs(this.#noticed_ms) < CLOCK_STEP_ms ? 0 : this.#noticed_ms;
  }

  #distance_ms(): number {
    return this.#clock.wall_ms() - this.#clock.steady_ms();
  }
}

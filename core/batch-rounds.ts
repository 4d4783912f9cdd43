// When gateways' batches are settled: some seconds after the start, after each Z, and again while something is left, with growing pauses.
import type { TillState } from './domain/till/state.ts';
import type { Clock } from './ports/clock.ts';

/** The start has other work; nobody waits for this. */
const START_after_ms = 5000;
const PAUSE_first_ms = 60_000;
const PAUSE_longest_ms = 3_600_000;
/** After a line is up again: it may go down once more. */
const BACK_after_ms = 5000;

/** `isDay`: a day was closed or the till started: also what was refused, or differed, is asked about again. True when something is left. */
export type Round = (isDay: boolean) => Promise<boolean>;

export class BatchRounds {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #routeIds: readonly string[];
  readonly #round: Round;
  #zNumber: number;
  #down: ReadonlySet<string>;
  #failures = 0;
  #isRunning = false;
  /** Closed while a round ran. */
  #isDayDue = false;
  #isLeft = false;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(clock: Pick<Clock, 'after'>, routeIds: readonly string[], state: TillState, round: Round) {
    this.#clock = clock;
    this.#routeIds = routeIds;
    this.#round = round;
    this.#zNumber = state.period.zNumber;
    this.#down = this.#downIn(state);
  }

  start(): void {
    this.#plan(START_after_ms, true);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** After each commit. */
  look(state: TillState): void {
    const { zNumber } = state.period;
    const before = this.#down;
    this.#down = this.#downIn(state);
    if (zNumber !== this.#zNumber) {
      this.#zNumber = zNumber;
      this.#isDayDue = true;
      // The Z is answered first.
      if (!this.#isRunning) this.#plan(0, true);
      return;
    }
    const isBack = [...before].some((routeId) => !this.#down.has(routeId));
    if (isBack && this.#isLeft && !this.#isRunning) this.#plan(BACK_after_ms, this.#isDayDue);
  }

  #downIn({ routes }: TillState): ReadonlySet<string> {
    return new Set(this.#routeIds.filter((routeId) => routes[routeId]?.online === false));
  }

  #plan(after_ms: number, isDay: boolean): void {
    this.#cancel?.();
    if (this.#isStopped) return;
    this.#isDayDue = isDay;
    this.#cancel = this.#clock.after(after_ms, () => {
      this.#isRunning = true;
      this.#isDayDue = false;
      if (isDay) this.#failures = 0;
      void this.#round(isDay).then((isLeft) => this.#ended(isLeft));
    });
  }

  #ended(isLeft: boolean): void {
    this.#isRunning = false;
    this.#isLeft = isLeft;
    if (this.#isDayDue) return this.#plan(0, true);
    if (!isLeft) return;
    const pause_ms = Math.min(PAUSE_first_ms * 2 ** this.#failures, PAUSE_longest_ms);
    this.#failures += 1;
    this.#plan(pause_ms, false);
  }
}

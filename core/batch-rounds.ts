// When gateways' batches are settled: some seconds after the start, after each Z, and again while something is left, with growing pauses.
import type { TillState } from './domain/till/state.ts';
import type { Clock } from './ports/clock.ts';

/** The start has other work; nobody waits for this. */
const START_after_ms = 5000;
const PAUSE_first_ms = 60_000;
const PAUSE_longest_ms = 3_600_000;
/** After a line is up again: it may go down once more. */
const BACK_after_ms = 5000;
/** A line that comes and goes brings one early round in this time: each reads the whole journal. */
const BACK_pause_ms = 60_000;

/** `isDay`: a day was closed or the till started: also what was refused, or differed, is asked about again. */
export type Round = (isDay: boolean) => Promise<RoundEnd>;

/** `isMore`: of what is left, some was only not asked about yet. `isSilent`: an acquirer did not answer. */
export type RoundEnd = { isLeft: boolean; isMore: boolean; isSilent: boolean };

/** Of a round that failed itself: like one that left something. */
const failed: RoundEnd = { isLeft: true, isMore: false, isSilent: false };

export class BatchRounds {
  readonly #clock: Pick<Clock, 'after' | 'steady_ms'>;
  readonly #routeIds: readonly string[];
  readonly #round: Round;
  #zNumber: number;
  #down: ReadonlySet<string>;
  #failures = 0;
  #isRunning = false;
  /** Closed while a round ran. */
  #isDayDue = false;
  #isSilent = false;
  #cancel: (() => void) | null = null;
  /** When the next one begins. */
  #due_ms = Number.POSITIVE_INFINITY;
  /** The last one that a line has brought. */
  #early_ms = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(
    clock: Pick<Clock, 'after' | 'steady_ms'>,
    routeIds: readonly string[],
    state: TillState,
    round: Round,
  ) {
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
    if (isBack && this.#isSilent && !this.#isRunning) this.#comeBack();
  }

  /** Sooner than planned, where that is sooner. */
  #comeBack(): void {
    const now_ms = this.#clock.steady_ms();
    const due_ms = Math.max(now_ms + BACK_after_ms, this.#early_ms + BACK_pause_ms);
    if (due_ms >= this.#due_ms) return;
    this.#early_ms = due_ms;
    this.#plan(due_ms - now_ms, this.#isDayDue);
  }

  #downIn({ routes }: TillState): ReadonlySet<string> {
    return new Set(this.#routeIds.filter((routeId) => routes[routeId]?.online === false));
  }

  #plan(after_ms: number, isDay: boolean): void {
    this.#cancel?.();
    if (this.#isStopped) return;
    this.#isDayDue = isDay;
    this.#due_ms = this.#clock.steady_ms() + after_ms;
    this.#cancel = this.#clock.after(after_ms, () => void this.#run(isDay));
  }

  /** Never rejects: nothing that goes wrong with a batch may end the selling. */
  async #run(isDay: boolean): Promise<void> {
    this.#isRunning = true;
    this.#isDayDue = false;
    this.#due_ms = Number.POSITIVE_INFINITY;
    if (isDay) this.#failures = 0;
    this.#ended(await this.#round(isDay).catch(() => failed));
  }

  #ended({ isLeft, isMore, isSilent }: RoundEnd): void {
    this.#isRunning = false;
    this.#isSilent = isSilent;
    if (isMore) this.#failures = 0;
    if (this.#isDayDue) return this.#plan(0, true);
    if (!isLeft) return;
    const pause_ms = Math.min(PAUSE_first_ms * 2 ** this.#failures, PAUSE_longest_ms);
    this.#failures += 1;
    this.#plan(pause_ms, false);
  }
}

// What every adapter keeps of its calls: those that are under way, and the server's own clock, which their answers tell.

/** Below this the difference is the network's, not a wrong clock. */
const CLOCK_NOISE_ms = 2000;

const SHARED_CLOCK_ms = 60_000;

export class Calls {
  readonly #baseUrl: string;
  readonly #wall_ms: () => number;
  readonly #inFlight = new Set<Promise<void>>();
  #clockOffset_ms = 0;

  /** `wall_ms`: this machine's clock. */
  constructor({ baseUrl, wall_ms }: { baseUrl: string; wall_ms: () => number }) {
    this.#baseUrl = baseUrl;
    this.#wall_ms = wall_ms;
  }

  /** A request's time follows the server's own clock, believed only over verified TLS (DESIGN section 4, "Clock"). */
  readonly wall_ms = (): number => this.#wall_ms() + this.#clockOffset_ms;

  /** `start` calls what it is given once, with the outcome; `finish` hears it after the clock was learnt. */
  perform<Outcome extends object>(
    start: (ended: (outcome: Outcome) => void) => void,
    finish: (outcome: Outcome) => void,
  ): void {
    const running = new Promise<void>((resolve) => {
      start((outcome) => {
        this.#learnClock(outcome);
        resolve();
        finish(outcome);
      });
    });
    this.#inFlight.add(running);
    void running.then(() => this.#inFlight.delete(running));
  }

  /** The server's clock less ours, in milliseconds; null when the outcome does not tell, or not over verified TLS. */
  skewOf(outcome: object): number | null {
    if (!('serverDate_ms' in outcome) || typeof outcome.serverDate_ms !== 'number') return null;
    return this.#baseUrl.startsWith('https:') ? outcome.serverDate_ms - this.#wall_ms() : null;
  }

  /** The time that both clocks have reached: the server's when it answered, and ours. Null when it did not tell, or not over verified TLS. */
  reachedBy(outcome: object): number | null {
    const skew_ms = this.skewOf(outcome);
    return skew_ms === null ? null : this.#wall_ms() + Math.min(0, skew_ms);
  }

  /** The server's clock and ours are at most a minute apart. Over plain HTTP (loopback) no time is believed, and nothing ends by it. */
  isClockShared(outcome: object): boolean {
    if (!this.#baseUrl.startsWith('https:')) return true;
    const skew_ms = this.skewOf(outcome);
    return skew_ms !== null && Math.abs(skew_ms) <= SHARED_CLOCK_ms;
  }

  /** Resolves when none is under way any more; an answer may have begun another. */
  async close(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  #learnClock(outcome: object): void {
    const skew_ms = this.skewOf(outcome);
    if (skew_ms !== null) this.#clockOffset_ms = Math.abs(skew_ms) > CLOCK_NOISE_ms ? skew_ms : 0;
  }
}

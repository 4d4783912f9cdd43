// How soon the till signs in again by itself after a refusal: a person's payment may try at once, the echo waits longer each time.
import type { SignInResult } from './sign-in.ts';

type Failure = Extract<SignInResult, { cause: string }>;

const FIRST_ms = 2000;
const LONGEST_ms = 60_000;

export class SignInPause {
  #last: { failure: Failure; pause_ms: number; until_ms: number } | null = null;

  /** What became of a sign-in. A line that is down is no refusal. */
  heard(got: SignInResult): void {
    if (!('cause' in got) || got.refused === undefined) {
      this.#last = null;
      return;
    }
    const pause_ms = this.#last === null ? FIRST_ms : Math.min(LONGEST_ms, 2 * this.#last.pause_ms);
    this.#last = { failure: got, pause_ms, until_ms: performance.now() + pause_ms };
  }

  /** The refusal that still stands; null: ask again. */
  refusal(): Failure | null {
    return this.#last !== null && performance.now() < this.#last.until_ms ? this.#last.failure : null;
  }
}

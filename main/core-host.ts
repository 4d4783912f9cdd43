// Keeps exactly one core process alive: starts it, watches its heartbeat, starts the next one after the old one's exit.
// A core may be killed at any instant without harm (it recovers from its journal), so a stuck one is killed.
import type { Screen } from './messages.ts';

/** The near end of a page's port; main only passes strings through it. */
export interface PagePort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  postMessage(data: string): void;
  close(): void;
}

/** One running core, however it is hosted. */
export interface CoreProcess {
  /** Gives the core a connection that ends at `port`. */
  open(connection: number, port: PagePort, screen: Screen): void;
  close(connection: number): void;
  beat(count: number): void;
  /** `gently` lets it finish its commit; otherwise it is ended at once. */
  kill(gently: boolean): void;
}

export type CoreEvents = {
  ready(hasCustomerScreen: boolean): void;
  beat(count: number): void;
  /** Once, after the process is really gone. `isInOrder`: with code 0. */
  exited(reason: string, isInOrder: boolean): void;
};

export type CoreHostParts = {
  spawn(events: CoreEvents): CoreProcess;
  onUp(hasCustomerScreen: boolean): void;
  onDown(): void;
  log(text: string): void;
};

/** Opening a large journal takes time; a core that is not ready after this is taken for stuck. */
export const READY_LIMIT_ms = 60_000;
export const BEAT_EVERY_ms = 2_000;
/** Beats without an answer before the core is taken for stuck (10 s: far over the slowest disk's commit). */
export const BEATS_MISSED_limit = 5;
/** A core that lived this long starts the backoff anew. */
export const STABLE_AFTER_ms = 60_000;
export const STOP_LIMIT_ms = 5_000;
const restartDelays_ms = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];

export function restartDelay_ms(failures: number): number {
  return restartDelays_ms[Math.min(failures, restartDelays_ms.length - 1)] ?? 0;
}

export class CoreHost {
  readonly #parts: CoreHostParts;
  #core: CoreProcess | null = null;
  #isUp = false;
  #isStopping = false;
  #failures = 0;
  #startedAt_ms = 0;
  #beatSent = 0;
  #beatSeen = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  #readyTimer: NodeJS.Timeout | undefined;
  #beatTimer: NodeJS.Timeout | undefined;
  #whenStopped: (() => void) | null = null;

  constructor(parts: CoreHostParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#core !== null || this.#isStopping) return;
    this.#startedAt_ms = performance.now();
    this.#beatSent = 0;
    this.#beatSeen = 0;
    this.#core = this.#parts.spawn({
      ready: (hasCustomerScreen) => this.#ready(hasCustomerScreen),
      beat: (count) => {
        this.#beatSeen = Math.max(this.#beatSeen, count);
      },
      exited: (reason, isInOrder) => this.#exited(reason, isInOrder),
    });
    this.#readyTimer = setTimeout(() => this.#endStuck('not ready in time'), READY_LIMIT_ms);
  }

  /** False when no core is up: the page is connected when one is. */
  open(connection: number, port: PagePort, screen: Screen): boolean {
    if (this.#core === null || !this.#isUp) return false;
    this.#core.open(connection, port, screen);
    return true;
  }

  close(connection: number): void {
    this.#core?.close(connection);
  }

  /** Resolves after the core's exit. */
  stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    if (this.#core === null) return Promise.resolve();
    this.#core.kill(true);
    const lastResort = setTimeout(() => this.#core?.kill(false), STOP_LIMIT_ms);
    return new Promise((resolve) => {
      this.#whenStopped = () => {
        clearTimeout(lastResort);
        resolve();
      };
    });
  }

  #ready(hasCustomerScreen: boolean): void {
    if (this.#isUp) return;
    clearTimeout(this.#readyTimer);
    this.#isUp = true;
    this.#beatTimer = setInterval(() => this.#sendBeat(), BEAT_EVERY_ms);
    this.#parts.onUp(hasCustomerScreen);
  }

  #sendBeat(): void {
    if (this.#beatSent - this.#beatSeen >= BEATS_MISSED_limit) this.#endStuck('no heartbeat');
    else this.#core?.beat(++this.#beatSent);
  }

  #endStuck(reason: string): void {
    this.#parts.log(`core is stuck (${reason}), ending it`);
    clearInterval(this.#beatTimer);
    this.#core?.kill(false);
  }

  #exited(reason: string, isInOrder: boolean): void {
    clearTimeout(this.#readyTimer);
    clearInterval(this.#beatTimer);
    this.#core = null;
    if (this.#isUp) {
      this.#isUp = false;
      this.#parts.onDown();
    }
    if (this.#isStopping) {
      this.#whenStopped?.();
      return;
    }
    const delay_ms = this.#nextDelay_ms(isInOrder);
    this.#parts.log(`core exited (${reason}), next start in ${delay_ms} ms`);
    this.#restartTimer = setTimeout(() => this.start(), delay_ms);
  }

  #nextDelay_ms(isInOrder: boolean): number {
    // Unasked a core ends in order because another one held the lock and is gone, or because the wall clock was set (at most once in two
    // minutes). Neither is a failure, and neither waits.
    if (isInOrder) return 0;
    const isStable = performance.now() - this.#startedAt_ms >= STABLE_AFTER_ms;
    this.#failures = isStable ? 1 : this.#failures + 1;
    return restartDelay_ms(this.#failures - 1);
  }
}

// Virtual time: nothing waits, everything happens in its order.
import type { Clock } from '../../core/ports/clock.ts';

type Timer = { at_ms: number; order: number; run: () => void; isCancelled: boolean };

export type VirtualClock = {
  now_ms(): number;
  after(delay_ms: number, run: () => void): () => void;
  /** Runs what is due until `until_ms`, or until `isEnough` says so after one of them. True when it said so. */
  runUntil(until_ms: number, isEnough?: () => boolean): boolean;
  /** Something that nobody could interrupt took so long: what was due meanwhile runs after it, and nothing else is later. */
  slip(by_ms: number): void;
  /** The core's view of it; after `die` nothing that it armed runs any more, as after the end of its process. */
  portFor(life: { isDead: boolean }): Clock;
};

function isBefore(a: Timer, b: Timer): boolean {
  return a.at_ms === b.at_ms ? a.order < b.order : a.at_ms < b.at_ms;
}

/** A binary heap, the earliest first; of two at the same time the one armed first. */
class Heap {
  readonly #timers: Timer[] = [];

  get first(): Timer | undefined {
    return this.#timers[0];
  }

  push(timer: Timer): void {
    const timers = this.#timers;
    let index = timers.length;
    timers.push(timer);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = timers[parent];
      if (above === undefined || !isBefore(timer, above)) break;
      timers[index] = above;
      index = parent;
    }
    timers[index] = timer;
  }

  shift(): void {
    const timers = this.#timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return;
    let index = 0;
    for (;;) {
      const left = timers[2 * index + 1];
      const right = timers[2 * index + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      timers[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    timers[index] = last;
  }
}

/** `afterEach` runs after each timer: the moment when the core performs what it has committed. */
export function createClock(start_ms: number, afterEach: () => void): VirtualClock {
  const heap = new Heap();
  let now_ms = start_ms;
  let order = 0;

  function after(delay_ms: number, run: () => void): () => void {
    const timer = { at_ms: now_ms + Math.max(0, delay_ms), order: (order += 1), run, isCancelled: false };
    heap.push(timer);
    return () => {
      timer.isCancelled = true;
    };
  }

  function runUntil(until_ms: number, isEnough: () => boolean = () => false): boolean {
    for (let timer = heap.first; timer && timer.at_ms <= until_ms; timer = heap.first) {
      heap.shift();
      if (timer.isCancelled) continue;
      now_ms = Math.max(now_ms, timer.at_ms);
      timer.run();
      afterEach();
      if (isEnough()) return true;
    }
    now_ms = Math.max(now_ms, until_ms);
    return false;
  }

  return {
    now_ms: () => now_ms,
    after,
    runUntil,
    slip: (by_ms) => {
      now_ms += by_ms;
    },
    portFor: (life) => ({
      wall_ms: () => now_ms,
      steady_ms: () => now_ms,
      after: (delay_ms, run) =>
        after(delay_ms, () => {
          if (!life.isDead) run();
        }),
    }),
  };
}

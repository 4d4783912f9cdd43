// The Clock that drivers use unless they are given another one: the machine's own, monotonic for timers.
import type { Clock } from '../../core/ports/clock.ts';

/** A clock on `performance.now()`; timers do not keep the process alive. */
export function monotonicClock(): Clock {
  return {
    wall_ms: () => Date.now(),
    steady_ms: () => Math.floor(performance.timeOrigin + performance.now()),
    after: (delay_ms, run) => {
      const timer = setTimeout(run, delay_ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

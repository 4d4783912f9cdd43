// The real clock and random source: the only place of the core that asks the operating system for either.
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from './ports/clock.ts';

const TIMER_LIMIT_ms = 2 ** 31 - 1;

export function systemClock(): Clock {
  const started_ms = Date.now() - performance.now();
  return {
    wall_ms: () => Date.now(),
    steady_ms: () => started_ms + performance.now(),
    after: (delay_ms, run) => {
      const timer = setTimeout(run, Math.min(delay_ms, TIMER_LIMIT_ms));
      return () => clearTimeout(timer);
    },
  };
}

export const systemRandom: Random = { hex: (length_bytes) => randomBytes(length_bytes).toString('hex') };

// One question of a tool, its time by the server's own clock where this machine's is wrong (DESIGN section 4, "Clock").
import { Calls } from './calls.ts';

/** Below this no acquirer refuses a request for its time. */
const WRONG_CLOCK_ms = 60_000;

export type Asking = {
  /** The server's clock, as far as it is known. */
  wall_ms: () => number;
  /** Asks, and once more when the answer shows that the first request carried a wrong time. `Outcome` says `serverDate_ms`, where it knows it. */
  ask<Outcome extends object>(once: () => Promise<Outcome>): Promise<Outcome>;
};

/** Over plain HTTP (loopback) no server's clock is believed. */
export function asking(access: { baseUrl: string; wall_ms: () => number }): Asking {
  const calls = new Calls(access);
  return {
    wall_ms: calls.wall_ms,
    ask: async <Outcome extends object>(once: () => Promise<Outcome>) => {
      const perform = () =>
        new Promise<Outcome>((resolve, reject) => {
          calls.perform<Outcome>((ended) => void once().then(ended, reject), resolve);
        });
      const sentBy_ms = calls.wall_ms() - access.wall_ms();
      const first = await perform();
      const skew_ms = calls.skewOf(first);
      const wasWrong = skew_ms !== null && Math.abs(skew_ms - sentBy_ms) > WRONG_CLOCK_ms;
      return wasWrong ? perform() : first;
    },
  };
}

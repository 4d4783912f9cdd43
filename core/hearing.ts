// Who listens to the relays of this till, and what the technician hears of it.
import { assert } from './domain/assert.ts';
import { createEarlyLooks } from './engine/early-looks.ts';
import type { Engine } from './engine/engine.ts';
import { createNoticesListener, type NoticesReport } from './engine/notices.ts';
import type { Line } from './lines.ts';
import type { Clock } from './ports/clock.ts';
import { systemRandom } from './system.ts';

export type Hearing = {
  start(): void;
  stop(): Promise<void>;
  /** Null: this route has no relay. */
  reportOf(routeId: string): NoticesReport | null;
};

export function createHearing(lines: readonly Line[], engine: Engine, clock: Clock): Hearing {
  const looks = createEarlyLooks({
    engine,
    clock,
    policyOf: (routeId) => {
      const line = lines.find(({ route }) => route.id === routeId);
      assert(line, `route ${routeId} is not configured`);
      return line.settings.policy;
    },
  });
  const listeners = lines.flatMap(({ route, notices }) => {
    if (notices === null) return [];
    const deps = { engine, clock, random: systemRandom, routeId: route.id, source: notices, looks };
    return [{ routeId: route.id, source: notices, listener: createNoticesListener(deps) }];
  });
  return {
    start: () => {
      for (const { listener } of listeners) listener.start();
    },
    stop: async () => {
      looks.stop();
      for (const { listener } of listeners) listener.stop();
      await Promise.all(listeners.map(({ source }) => source.close()));
    },
    reportOf: (id) => listeners.find(({ routeId }) => routeId === id)?.listener.report() ?? null,
  };
}

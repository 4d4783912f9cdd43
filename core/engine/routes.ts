// Watches each route by its echo and forwards queued payments, oldest first, while it is up.
import type { Acquirer, RouteObservation } from '../ports/acquirer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

export type RouteWatch = { start(): void; stop(): void; forward(): void };

export function createRouteWatch(deps: {
  engine: Engine;
  clock: Clock;
  acquirer: Acquirer;
  probeEvery_ms: number;
  forwardConcurrency: number;
}): RouteWatch {
  const { engine, acquirer } = deps;
  let cancel: (() => void) | null = null;
  let isStopped = false;

  function observed(observation: RouteObservation): void {
    if (isStopped) return;
    const { online, cause, storeAndForward } = observation;
    engine.updateUi({ latency_ms: { ...engine.ui.latency_ms, [acquirer.id]: observation.latency_ms } });
    engine.post({ kind: 'routeObserved', routeId: acquirer.id, online, cause, storeAndForward });
    forward();
    cancel = deps.clock.after(deps.probeEvery_ms, probe);
  }

  function probe(): void {
    acquirer.probe(observed);
  }

  /** Called after each commit too: an answer makes room for the next one. */
  function forward(): void {
    if (isStopped || engine.state.routes[acquirer.id]?.online !== true) return;
    const hasQueued = Object.values(engine.state.attempts).some(
      (attempt) => attempt.routeId === acquirer.id && attempt.machine.state.kind === 'queued',
    );
    if (hasQueued) engine.post({ kind: 'forwarded', routeId: acquirer.id, window: deps.forwardConcurrency });
  }

  return {
    start: probe,
    stop: () => {
      isStopped = true;
      cancel?.();
    },
    forward,
  };
}

// The route watch: a cable that is out is told before the echo's time-out, and by its layer; a slow echo is no missing cable.
import { describe, expect, it } from 'vitest';
import type { RouteObservation } from '../ports/acquirer.ts';
import type { NetworkFinding } from '../ports/network.ts';
import { createRouteWatch } from './routes.ts';

const online: RouteObservation = {
  online: true,
  cause: null,
  latency_ms: 20,
  storeAndForward: true,
  clockSkew_ms: null,
};
const noCarrier: NetworkFinding = { layer: 'link', cause: 'NO_CARRIER eth0' };

type Posted = { online: boolean; layer: string | null; cause: string | null };

/** A watch whose echo, timers and cable are moved by hand. */
function watched(cable: NetworkFinding | null) {
  let now = cable;
  const posted: Posted[] = [];
  const said: (boolean | undefined)[] = [];
  const timers: { due_ms: number; run: () => void; isCancelled: boolean }[] = [];
  const echoes: ((observation: RouteObservation) => void)[] = [];
  const looks: (() => void)[] = [];
  const engine = {
    state: { routes: {} as Record<string, { online: boolean }>, attempts: {} },
    ui: { latency_ms: {} },
    updateUi: () => undefined,
    post: ({ online: isOnline, layer, cause, autoDetect }: Posted & { autoDetect?: boolean }) => {
      posted.push({ online: isOnline, layer, cause });
      said.push(autoDetect);
    },
  };
  const parts = {
    engine,
    clock: {
      after: (due_ms: number, run: () => void) => {
        const timer = { due_ms, run, isCancelled: false };
        timers.push(timer);
        return () => (timer.isCancelled = true);
      },
    },
    acquirer: { id: 'gateway', probe: (post: (typeof echoes)[number]) => echoes.push(post) },
    network: {
      cable: (_target: object, post: (finding: NetworkFinding | null) => void) => looks.push(() => post(now)),
      look: (_target: object, post: (finding: NetworkFinding) => void) => post({ layer: 'tcp', cause: 'x' }),
    },
    target: {},
    probeEvery_ms: 2000,
    retryEvery_ms: 500,
    window: () => 1,
  };
  const watch = createRouteWatch(parts as unknown as Parameters<typeof createRouteWatch>[0]);
  const fire = (): void => {
    for (const timer of timers.splice(0)) if (!timer.isCancelled) timer.run();
  };
  const pull = (): void => {
    now = noCarrier;
  };
  return {
    watch,
    posted,
    said,
    timers,
    echoes,
    state: engine.state,
    pull,
    fire,
    look: () => looks.shift()?.(),
    echo: (change: object = {}) => echoes.shift()?.({ ...online, ...change }),
  };
}

describe('an echo that has no answer yet', () => {
  it('is called down at once when no cable carries', () => {
    const { watch, posted, timers, fire, look } = watched(noCarrier);
    watch.start();
    expect(timers[0]?.due_ms).toBeLessThan(1000);
    fire();
    look();
    expect(posted).toEqual([{ online: false, ...noCarrier }]);
  });

  it('is waited for when one does', () => {
    const { watch, posted, fire, look } = watched(null);
    watch.start();
    fire();
    look();
    expect(posted).toEqual([]);
  });
});

it('is called down when the cable is pulled while it waits', () => {
  const { watch, posted, fire, look, pull } = watched(null);
  watch.start();
  fire();
  look();
  pull();
  fire();
  look();
  expect(posted).toEqual([{ online: false, ...noCarrier }]);
});

it('a line that is down is asked more often than one that is up', () => {
  const { watch, timers, echo } = watched(null);
  watch.start();
  echo();
  expect(timers.at(-1)?.due_ms).toBe(2000);
  watch.start();
  echo({ online: false, cause: 'x' });
  expect(timers.at(-1)?.due_ms).toBe(500);
});

it('what the echo says of itself is told; a line that is lost says nothing of it', () => {
  const { watch, said, echo } = watched(null);
  for (const answer of [{ autoDetect: true }, { autoDetect: false }, { online: false, cause: 'x' }]) {
    watch.start();
    echo(answer);
  }
  // The failed echo is told twice: at once, and with its layer.
  expect(said).toEqual([true, false, undefined, undefined]);
});

describe('the cable is not looked at, or no longer counts,', () => {
  it('once the echo has answered', () => {
    const { watch, posted, fire, look, echo } = watched(noCarrier);
    watch.start();
    fire();
    echo();
    look();
    expect(posted.map((one) => one.online)).toEqual([true]);
  });

  it('after the watch has stopped', () => {
    const { watch, posted, fire, look } = watched(noCarrier);
    watch.start();
    fire();
    watch.stop();
    look();
    watch.start();
    watch.stop();
    fire();
    expect([posted, look()]).toEqual([[], undefined]);
  });
});

it('is asked at once when another call has found it down, once', () => {
  const { watch, timers, echo, echoes, state } = watched(null);
  watch.start();
  echo();
  state.routes = { gateway: { online: false } };
  watch.forward();
  watch.forward();
  expect(timers[1]).toMatchObject({ due_ms: 2000, isCancelled: true });
  expect(echoes).toHaveLength(1);
  echo({ online: false, cause: 'x' });
  watch.forward();
  expect([echoes.length, timers.at(-1)?.due_ms]).toEqual([0, 500]);
});

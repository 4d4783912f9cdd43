// What this till has done with a payment code before: the journal is asked, for what has ended is not in memory.
import { routeOf } from '../domain/till/events.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { CodeUse, Store } from '../ports/journal.ts';
import type { Engine } from './engine.ts';

type Asked = Pick<Attempt, 'routeId' | 'codeHmac'> & Partial<Pick<Attempt, 'attemptId'>>;

/** `attemptId`: the payment that asks, where it is open already. Its own use of the code is none. */
export function codeUse(
  { engine, store }: { engine: Pick<Engine, 'surroundings'>; store: Pick<Store, 'codeUse'> },
  { routeId, codeHmac, attemptId }: Asked,
): CodeUse {
  const surroundings = engine.surroundings();
  const { policy } = routeOf(surroundings, routeId);
  const since_ms = surroundings.now_ms - policy.queueMaxAge_ms;
  return store.codeUse({ codeHmac, since_ms, ...(attemptId !== undefined && { besides: attemptId }) });
}

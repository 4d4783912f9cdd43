// What the till knows of its routes, and what waits for one to come up. Pure.
import type { GiveBackStateKind } from '../giveback/machine.ts';
import { draftFrom, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { moveGiveBack } from './give-backs.ts';
import { movePayment } from './payments.ts';
import type { TillState } from './state.ts';

const waitingKinds: ReadonlySet<GiveBackStateKind> = new Set(['requested', 'pending', 'unknown']);

type RouteObserved = Extract<TillEvent, { kind: 'routeObserved' }>;

function factsOf(state: TillState, event: RouteObserved) {
  const before = state.routes[event.routeId];
  const autoDetect = event.autoDetect ?? before?.autoDetect ?? false;
  return {
    online: event.online,
    cause: event.cause,
    layer: event.layer,
    storeAndForward: event.storeAndForward ?? before?.storeAndForward ?? false,
    ...(autoDetect && { autoDetect }),
    alarm: before?.alarm ?? null,
    ...(before?.onTrial && { onTrial: true as const }),
  };
}

/** The line is back: held codes go while they live, and so do voids and refunds that waited. */
export function routeObserved(
  state: TillState,
  event: RouteObserved,
  surroundings: Surroundings,
): Transition {
  const { routeId } = event;
  const before = state.routes[routeId];
  const facts = factsOf(state, event);
  const isSame =
    before?.online === facts.online &&
    before.cause === facts.cause &&
    before.layer === facts.layer &&
    before.storeAndForward === facts.storeAndForward &&
    before.autoDetect === facts.autoDetect;
  if (isSame) return draftFrom(state).done();
  const draft = draftFrom(state);
  draft.record({ type: 'route.changed', body: { routeId, facts } });
  if (before?.online === true || !event.online) return draft.done();
  const held = Object.values(state.attempts).filter(
    (one) => one.routeId === routeId && one.machine.state.kind === 'held',
  );
  for (const { attemptId } of held) movePayment(draft, attemptId, { kind: 'submitted' }, surroundings);
  const waiting = Object.values(state.giveBacks).filter(
    (one) => one.routeId === routeId && waitingKinds.has(one.machine.state.kind),
  );
  for (const { giveBackId } of waiting) moveGiveBack(draft, giveBackId, { kind: 'lineUp' }, surroundings);
  return draft.done();
}

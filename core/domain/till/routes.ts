// What the till knows of its routes, and what waits for one to come up. Pure.
import type { GiveBackStateKind } from '../giveback/machine.ts';
import { waitsLong } from '../payment/reversing.ts';
import { draftFrom, type Transition } from './draft.ts';
import { routeOf, type Surroundings, type TillEvent } from './events.ts';
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

/** The line is back: held codes go while they live, and so do the reversals, voids and refunds that waited. */
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
  const { policy } = routeOf(surroundings, routeId);
  const own = Object.values(state.attempts).filter((one) => one.routeId === routeId);
  for (const { attemptId, machine } of own) {
    if (machine.state.kind === 'held') movePayment(draft, attemptId, { kind: 'submitted' }, surroundings);
    // Its pause has grown with the outage, of which it was the cause.
    if (waitsLong(machine.state, policy))
      movePayment(draft, attemptId, { kind: 'timer', early: true }, surroundings);
  }
  const waiting = Object.values(state.giveBacks).filter(
    (one) => one.routeId === routeId && waitingKinds.has(one.machine.state.kind),
  );
  for (const { giveBackId } of waiting) moveGiveBack(draft, giveBackId, { kind: 'lineUp' }, surroundings);
  return draft.done();
}

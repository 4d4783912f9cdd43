// Recovery: what a crash may have left in the air hears of the restart, in the order of opening. Pure.
import { isGiveBackProven } from '../giveback/machine.ts';
import { msFromIso } from '../time.ts';
import { type Draft, draftFrom, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { doubtOwner, moveGiveBack } from './give-backs.ts';
import { movePayment } from './payments.ts';
import type { TillState } from './state.ts';

type CoreStarted = Extract<TillEvent, { kind: 'coreStarted' }>;

/** A new start may have a mended configuration: the routes get another chance, and the queue is not sent against a wall. */
function clearAlarms(draft: Draft): void {
  for (const [routeId, facts] of Object.entries(draft.state.routes)) {
    if (facts.alarm !== null)
      draft.record({
        type: 'route.changed',
        body: { routeId, facts: { ...facts, alarm: null, onTrial: true } },
      });
  }
}

/** A pulse is at most once: each that may have gone is unknown, and one that did not go in time is not sent now. */
function closeDrawer(draft: Draft, event: CoreStarted): void {
  const { drawer } = draft.state;
  const unsent =
    drawer?.outcome === 'opening' && !event.sentDrawerIds.includes(drawer.openId) ? [drawer.openId] : [];
  const end = (outcome: 'unknown' | 'failed') => (openId: string) =>
    draft.record({ type: 'drawer.ended', body: { openId, outcome, detail: 'restarted' } });
  event.sentDrawerIds.forEach(end('unknown'));
  unsent.forEach(end('failed'));
}

export function coreStarted(state: TillState, event: CoreStarted, surroundings: Surroundings): Transition {
  // The record itself says that all is asked about: taken before it.
  const restored = state.restored?.isAsked === false ? ({ restored: true } as const) : {};
  const draft: Draft = draftFrom(state);
  const { version, runtime } = event;
  draft.record({ type: 'core.started', body: { version, runtime, carriesMissing: true } });
  clearAlarms(draft);
  closeDrawer(draft, event);
  const open = Object.values(state.attempts)
    .filter(({ machine }) => machine.due !== null || machine.state.kind === 'disputed')
    .sort((a, b) => a.tillSequence - b.tillSequence);
  for (const { attemptId, takenAt } of open) {
    const sent = event.sentIds.includes(attemptId);
    const takenAt_ms = msFromIso(takenAt);
    const taken = takenAt_ms === null ? {} : { takenAt_ms };
    const clock = event.clockSetBy_ms === undefined ? taken : { ...taken, setBy_ms: event.clockSetBy_ms };
    movePayment(draft, attemptId, { kind: 'restarted', sent, ...clock, ...restored }, surroundings);
  }
  const giveBacks = Object.values(state.giveBacks)
    .filter((one) => !isGiveBackProven(one.machine.state))
    .sort((a, b) => (a.giveBackId < b.giveBackId ? -1 : 1));
  for (const { giveBackId } of giveBacks) {
    const sent = event.sentIds.includes(giveBackId);
    moveGiveBack(draft, giveBackId, { kind: 'restarted', sent, ...restored }, surroundings);
  }
  if ('restored' in restored)
    for (const one of Object.values(state.giveBacks)) doubtOwner(draft, one, surroundings);
  return draft.done();
}

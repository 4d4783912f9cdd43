// Wrong tills for the searches of two payments: each forgets the other payment, or the give-back, at one moment.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import { isDeferredOpen } from '../../core/domain/till/queries.ts';
import type { Attempt, TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import { pairProperties } from './pair-properties.ts';
import type { Planted } from './pair-search.ts';
import { blindFor, mapAttempts } from './planted-sale-bugs.ts';
import { properties } from './properties.ts';
import type { Transition } from './sale-search.ts';

/** `scene`: where it is looked for, counted from 0. */
export type PlantedPairBug = { name: string; property: string; scene: number; planted: Planted };

/** Money that nobody needs is kept: the give-back is never opened. */
const keepsSurplus: Transition = (state, event, surroundings) => {
  const result = transition(state, event, surroundings);
  const isNew = (id: string) => state.giveBacks[id] === undefined;
  const forgotten = Object.values(result.state.giveBacks).filter(
    (one) => one.cause === 'surplus' && isNew(one.giveBackId),
  );
  if (forgotten.length === 0) return result;
  const ids = new Set(forgotten.map((one) => one.giveBackId));
  const giveBacks = Object.fromEntries(Object.entries(result.state.giveBacks).filter(([id]) => !ids.has(id)));
  const before = (attempt: Attempt): Attempt => ({
    ...attempt,
    givingBack_fen: state.attempts[attempt.attemptId]?.givingBack_fen ?? 0,
  });
  return {
    ...result,
    state: { ...mapAttempts(result.state, before), giveBacks },
    records: result.records.filter(({ body }) => !('giveBackId' in body && ids.has(body.giveBackId))),
    effects: result.effects.filter((one) => !('giveBackId' in one && ids.has(one.giveBackId))),
  };
};

/** The goods of a queued payment come back, and it counts as cancelled although it is in flight. */
const cancelsInFlight: Transition = (state, event, surroundings) => {
  const result = transition(state, event, surroundings);
  if (event.kind !== 'returnOpened' || result.refusal !== null) return result;
  const wasOpen = (id: string, before: TillState) => {
    const attempt = before.attempts[id];
    return attempt?.saleId === event.saleId && isDeferredOpen(attempt);
  };
  const cancelled = mapAttempts(result.state, (attempt) =>
    wasOpen(attempt.attemptId, state)
      ? { ...attempt, machine: { deferred: false, state: { kind: 'notSent', cause: 'BUG' }, due: null } }
      : attempt,
  );
  return { ...result, state: cancelled, effects: result.effects.filter((one) => one.kind !== 'reverse') };
};

const asDone = (event: GiveBackEvent): GiveBackEvent =>
  event.kind === 'accepted' ? { kind: 'done', result: 'REFUNDED', reference: null } : event;
const asRefused = (event: GiveBackEvent): GiveBackEvent =>
  event.kind === 'notFound' ? { kind: 'refused', code: 'BUG' } : event;

export const plantedPairBugs: readonly PlantedPairBug[] = [
  {
    name: 'cash is taken beside a payment in doubt, which is not given up',
    property: pairProperties.notPaidTwice,
    scene: 0,
    planted: { run: blindFor('cashTaken') },
  },
  {
    name: 'a second code is taken while the first payment is being reversed',
    property: pairProperties.notPaidTwice,
    scene: 0,
    planted: { run: blindFor('codeScanned') },
  },
  {
    name: 'a void without an answer counts as refused, and a refund takes its place',
    property: pairProperties.doneMeansGiven,
    scene: 1,
    planted: { misread: (event) => (event.kind === 'noAnswer' ? { kind: 'refused', code: 'BUG' } : event) },
  },
  {
    name: 'a payment charged after all is kept beside the one that replaced it',
    property: pairProperties.notPaidTwice,
    scene: 2,
    planted: { run: keepsSurplus },
  },
  {
    name: 'goods of a payment in flight come back, and it counts as never sent',
    property: properties.notChargedMeansNotCharged,
    scene: 3,
    planted: { run: cancelsInFlight },
  },
  {
    name: 'a refund that is accepted counts as done',
    property: pairProperties.doneMeansGiven,
    scene: 3,
    planted: { misread: asDone },
  },
  {
    name: 'a refund that is not found counts as refused',
    property: pairProperties.doneMeansGiven,
    scene: 3,
    planted: { misread: asRefused },
  },
];

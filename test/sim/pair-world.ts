// The world of two payments and a give-back: the payments' world (world-types.ts), the whole till, and what the acquirer gave back.
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { Surroundings, TillEvent } from '../../core/domain/till/events.ts';
import { type Attempt, emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { type Entry, forgetful, type Word } from './give-back-search.ts';
import { send } from './network.ts';
import type { Transition } from './sale-search.ts';
import { capped } from './short-time.ts';
import { withFlight } from './world.ts';
import type { Flight, World } from './world-types.ts';

/** One give-back, in the order of opening. `row`: of its request. `entry`: what the acquirer made of its number. */
export type Back = { entry: Entry; row: 'none' | 'pending' | 'sent' };
export type BackMessage = { word: Word; at: number };
/** `late`: the acquirer has charged a payment that it had declined. */
export type PairWorld = World & { till: TillState; backs: Back[]; backFlying: BackMessage[]; late: boolean };

export const ROUTE = 'gateway';
export const TOTAL_fen = 100;

export function surroundingsOf(policy: PaymentPolicy): Surroundings {
  const offline = { mode: 'queue', perPayment_fen: TOTAL_fen, openTotal_fen: TOTAL_fen, count: 1 } as const;
  return {
    now_ms: 0,
    startedAt_ms: -Infinity,
    now_iso: '2026-11-23T02:00:00.000Z',
    entropy: '0123456789abcdef',
    terminalCode: '00000001',
    routes: { [ROUTE]: { policy, offline } },
    clockTrusted: true,
    cash: { roundDownTo_fen: 10, roundDownAlways: false },
    head: '',
  };
}

const blankFlight = { row: 'none', orders: ['none'], wasDeferred: false, cancelled: false } as const;

function flightOf(before: Flight | undefined, { machine }: Attempt, policy: PaymentPolicy): Flight {
  const flight = before ?? { ...blankFlight, orders: [...blankFlight.orders], machine };
  return {
    ...flight,
    machine: capped(machine, policy),
    wasDeferred: flight.wasDeferred || machine.deferred,
  };
}

/** The till with the machines of the world, which have aged. What the future does not depend on is left out. */
function tillOf(world: PairWorld): TillState {
  const entries = Object.values(world.till.attempts).map((attempt, at): [string, Attempt] => {
    const machine = world.flights[at]?.machine ?? attempt.machine;
    return [attempt.attemptId, { ...attempt, machine, story: [], openedAt_ms: 0, acquirerCode: null }];
  });
  return { ...world.till, attempts: Object.fromEntries(entries) };
}

function lean(state: TillState): TillState {
  // What only reports and the drawer read grows with every step and decides nothing here.
  const { period, grand, sequence, deferredDays, drawer } = emptyTill;
  return { ...forgetful(state), period, grand, sequence, deferredDays, drawer };
}

export function sendBack(world: PairWorld, word: Word, at: number): PairWorld {
  const others = world.backFlying.filter((one) => one.word !== word || one.at !== at);
  return { ...world, backFlying: [...others, { word, at }] };
}

export function withBack(world: PairWorld, at: number, change: Partial<Back>): PairWorld {
  const back = world.backs[at];
  return back === undefined ? world : { ...world, backs: world.backs.with(at, { ...back, ...change }) };
}

/** Rows and messages that came of the step. */
function perform(world: PairWorld, { records, effects, state }: ReturnType<Transition>): PairWorld {
  const attemptIds = Object.keys(state.attempts);
  const giveBackIds = Object.keys(state.giveBacks);
  let next = world;
  for (const { type, body } of records) {
    if (type === 'payment.moved')
      next = { ...next, ...withFlight(next, attemptIds.indexOf(body.attemptId), { row: 'none' }) };
    if (type === 'giveBack.moved')
      next = withBack(next, giveBackIds.indexOf(body.giveBackId), { row: 'none' });
  }
  for (const effect of effects) {
    if ('giveBackId' in effect) {
      const at = giveBackIds.indexOf(effect.giveBackId);
      next = effect.kind === 'giveBack' ? withBack(next, at, { row: 'pending' }) : sendBack(next, 'ask', at);
    }
    if (!('attemptId' in effect) || effect.kind === 'eraseCode') continue;
    const at = attemptIds.indexOf(effect.attemptId);
    if (effect.kind === 'authorize') next = { ...next, ...withFlight(next, at, { row: 'pending' }) };
    else next = { ...next, ...send(next, effect.kind === 'inquire' ? 'query' : 'reverse', at) };
  }
  return next;
}

/** Null when the till refuses. */
export function tell(
  run: Transition,
  surroundings: Surroundings,
  world: PairWorld,
  event: TillEvent,
): PairWorld | null {
  const result = run(tillOf(world), event, surroundings);
  if (result.refusal !== null) return null;
  const { policy } = surroundings.routes[ROUTE] ?? {};
  if (policy === undefined) throw new Error('no route');
  const flights = Object.values(result.state.attempts).map((attempt, at) =>
    flightOf(world.flights[at], attempt, policy),
  );
  const backs = Object.keys(result.state.giveBacks).map(
    (_, at): Back => world.backs[at] ?? { entry: 'none', row: 'none' },
  );
  return perform({ ...world, till: lean(result.state), flights, backs }, result);
}

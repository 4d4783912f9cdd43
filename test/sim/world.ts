// The world around a till: outbox rows of authorizations, network, acquirer's ledger, clock, crashes. `edges` lists everything that
// can happen next. Small on purpose: the proof rests on it. Who drives the machines (one attempt, or a whole sale) is in Rules.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Edge } from './explore.ts';
import { deliveries, send } from './network.ts';
import { age, ageLimit } from './short-time.ts';
import type { Flight, Message, Rules, World } from './world-types.ts';

export function withFlight(world: World, at: number, change: Partial<Flight>): World {
  const flight = world.flights[at];
  if (flight === undefined) return world;
  return { ...world, flights: world.flights.with(at, { ...flight, ...change }) };
}

/** The dispatcher takes the authorization: marks it sent and sends, or can't connect, or has lost the code. */
function dispatching(rules: Rules, world: World, flight: Flight, at: number): Edge<World>[] {
  if (flight.row !== 'pending') return [];
  const { state, deferred } = flight.machine;
  const marked = withFlight(world, at, { row: 'sent' });
  const fails = (label: string, event: PaymentEvent): Edge<World> => {
    return { label, isFault: true, world: rules.happen(marked, at, event) };
  };
  const isResend = state.kind === 'authorizing' && state.resend;
  const sent = { ...send(marked, isResend ? 'resend' : 'pay', at), payAge: 0 };
  return [
    { label: 'sending', isFault: false, world: sent },
    ...(deferred ? (['queue'] as const) : rules.notSentThen).map((then) =>
      fails(`no connection (${then})`, { kind: 'notSent', cause: 'ECONNREFUSED', then }),
    ),
    fails('the code is lost', { kind: 'codeLost' }),
  ];
}

/** Without tombstones the profile promises: no payment request lives longer than the horizon, no other call than its time-out. */
function survivors(rules: Rules, world: World, ticks: number): Message[] {
  if (rules.policy.tombstones) return world.flying;
  const isDead = world.payAge + ticks >= rules.policy.inFlightHorizon_ms;
  return world.flying
    .filter((one) => (one.what === 'pay' || one.what === 'resend' ? !isDead : !one.old && ticks < 2))
    .map((one) => (ticks > 0 ? { ...one, old: true } : one));
}

/** Beyond the horizon it is as if the core had run for ever. */
function aging({ policy }: Rules, runAge: number, ticks: number): number {
  const later = runAge + Math.max(ticks, 0);
  return later > policy.inFlightHorizon_ms ? Infinity : later;
}

/** The wall clock goes on by itself, and nothing else does. */
function setForward(rules: Rules, world: World): World {
  const limit = ageLimit(rules.policy);
  return {
    ...world,
    flights: world.flights.map((flight) => ({ ...flight, machine: age(flight.machine, limit, limit) })),
  };
}

export function pass(rules: Rules, world: World, ticks: number): World {
  const { tombstones, inFlightHorizon_ms } = rules.policy;
  const limit = ageLimit(rules.policy);
  return {
    ...world,
    flights: world.flights.map((flight) => ({ ...flight, machine: age(flight.machine, ticks, limit) })),
    flying: survivors(rules, world, ticks),
    payAge: tombstones ? 0 : Math.min(world.payAge + Math.max(ticks, 0), inFlightHorizon_ms),
    runAge: aging(rules, world.runAge, ticks),
  };
}

/** Repeatable rows that the crash left open are performed again. */
function resume(world: World): World {
  let next = world;
  for (const [at, { machine }] of world.flights.entries()) {
    const { state } = machine;
    const phase = state.kind === 'reversing' ? state.phase : null;
    if (phase === 'asking') next = send(next, 'reverse', at);
    const isDisputedAsked = state.kind === 'disputed' && state.isAsked === true;
    if (isDisputedAsked || state.kind === 'inquiring' || phase === 'checking' || phase === 'lastCheck')
      next = send(next, 'query', at);
  }
  return next;
}

function restarts(rules: Rules, world: World): Edge<World>[] {
  if (world.restarts >= rules.restartLimit) return [];
  const runAge = rules.policy.tombstones ? Infinity : 0;
  const boot = (label: string, later: World): Edge<World> => ({
    label,
    isFault: true,
    world: resume(rules.restart({ ...later, runAge, restarts: world.restarts + 1 })),
  });
  return [
    boot('restart', pass(rules, world, 0)),
    boot('restart after a long time', pass(rules, world, ageLimit(rules.policy))),
    boot('restart, clock set back', pass(rules, world, -2)),
    boot('restart, clock set forward', setForward(rules, world)),
  ];
}

function decisions(world: World, { orders }: Flight, at: number): Edge<World>[] {
  const open = orders.flatMap((order, number) => (order === 'processing' ? [number] : []));
  return open.flatMap((number) =>
    (['paid', 'failed'] as const).map((to) => ({
      label: `the acquirer decides: ${to}`,
      isFault: false,
      world: withFlight(world, at, { orders: orders.with(number, to) }),
    })),
  );
}

/** A timer that is due fires before time goes on. */
function clock(rules: Rules, world: World): Edge<World>[] {
  const due = world.flights.flatMap(({ machine }, at) => (machine.due?.at_ms === 0 ? [at] : []));
  if (due.length === 0) return [{ label: 'tick', isFault: false, world: pass(rules, world, 1) }];
  return due.map((at) => ({
    label: 'timer',
    isFault: false,
    world: withoutOldCalls(rules.happen(world, at, { kind: 'timer' }), at),
  }));
}

const livesLong: ReadonlySet<Message['what']> = new Set(['pay', 'resend']);

/** The policy promises that a dispute is asked about when no earlier call of it, and no answer, is on its way any more. */
function withoutOldCalls(world: World, at: number): World {
  if (world.flights[at]?.machine.state.kind !== 'disputed') return world;
  const flying = world.flying.filter(
    (one) => one.at !== at || one.what === 'query' || livesLong.has(one.what),
  );
  return { ...world, flying };
}

/** Ways into a world with more messages in flight than the limit are not followed. */
export function edges(rules: Rules, world: World): Edge<World>[] {
  const all = [
    ...deliveries(rules, world),
    ...world.flights.flatMap((flight, at) => dispatching(rules, world, flight, at)),
    ...world.flights.flatMap((flight, at) => decisions(world, flight, at)),
    ...restarts(rules, world),
    ...rules.act(world),
    ...clock(rules, world),
  ];
  return all.filter((edge) => edge.world.flying.length <= rules.flyingLimit);
}

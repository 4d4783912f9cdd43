// The search over one payment attempt: the machine driven by itself, with the cashier and the manager.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import { isProven, type PaymentMachine } from '../../core/domain/payment/state.ts';
import type { Step } from '../../core/domain/payment/steps.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { readinessOf } from '../../core/engine/early-looks.ts';
import type { Edge, Model } from './explore.ts';
import { send } from './network.ts';
import { isEnd, keyOf, violated } from './properties.ts';
import { capped } from './short-time.ts';
import { edges, withFlight } from './world.ts';
import type { Rules, World } from './world-types.ts';

/** A planted bug may ask for a new number. */
export type MachineStep = (
  machine: PaymentMachine,
  event: PaymentEvent,
  now_ms: number,
  policy: PaymentPolicy,
  startedAt_ms?: number,
) => Step & { newNumber?: true };

export type Bounds = {
  policy: PaymentPolicy;
  flyingLimit: number;
  restartLimit: number;
  deliveryLimit: 1 | 2;
};

function happenWith(step: MachineStep, policy: PaymentPolicy) {
  return (world: World, at: number, event: PaymentEvent): World => {
    const flight = world.flights[at];
    if (flight === undefined) return world;
    const { machine, effects, verdict, newNumber } = step(flight.machine, event, 0, policy, -world.runAge);
    const asksToPay = effects.some((effect) => effect.kind === 'authorize');
    let next = withFlight(world, at, {
      machine: capped(machine, policy),
      // A move closes the rows that the attempt still had; what it asks for now is a new one.
      row: asksToPay ? 'pending' : verdict === 'moved' ? 'none' : flight.row,
      wasDeferred: flight.wasDeferred || machine.deferred,
      orders: newNumber ? [...flight.orders, 'none'] : flight.orders,
    });
    for (const { kind } of effects) {
      if (kind === 'inquire') next = send(next, 'query', at);
      if (kind === 'reverse') next = send(next, 'reverse', at);
    }
    return next;
  };
}

/**
 * The acquirer's office ends what was sold on trust and is undecided there, and tells the manager that nothing of it was kept, or will be. Of
 * a number that it has never heard of it can not say so, and of one that is paid it does not.
 */
function office(rules: Rules, world: World): Edge<World>[] {
  const flight = world.flights[0];
  const order = flight?.orders[0];
  const isKnown = order !== undefined && order !== 'none' && order !== 'paid';
  if (!flight?.machine.deferred || !isKnown) return [];
  const told = rules.happen(world, 0, { kind: 'billClears', confirmed: true });
  if (!isProven(told.flights[0]?.machine.state ?? flight.machine.state)) return [];
  const orders = order === 'processing' ? (['failed'] as const) : flight.orders;
  return [
    { label: 'the office ends it', isFault: true, world: withFlight(told, 0, { orders: [...orders] }) },
  ];
}

/** The cashier gives up at any time; the manager cancels what was deferred; the line comes up for what waits; a notice is believed. */
function act(rules: Rules, world: World): Edge<World>[] {
  const machine = world.flights[0]?.machine;
  if (!machine || machine.due === null) return [];
  const list: Edge<World>[] = office(rules, world);
  if (machine.deferred) {
    const cancelled = rules.happen(world, 0, { kind: 'deferredCancelled' });
    list.push({
      label: 'the manager cancels',
      isFault: true,
      world: withFlight(cancelled, 0, { cancelled: true }),
    });
  } else {
    list.push({
      label: 'the cashier gives up',
      isFault: true,
      world: rules.happen(world, 0, { kind: 'gaveUp' }),
    });
  }
  if (machine.state.kind === 'held' || machine.state.kind === 'queued') {
    list.push({
      label: 'the line is up',
      isFault: false,
      world: rules.happen(world, 0, { kind: 'submitted' }),
    });
  }
  if (readinessOf({ machine }, rules.policy, 0) === 'ready')
    list.push({
      label: 'a notice makes the till look early',
      isFault: true,
      world: rules.happen(world, 0, { kind: 'timer', early: true }),
    });
  return list;
}

export function attemptRules(bounds: Bounds, step: MachineStep): Rules {
  return {
    ...bounds,
    refusesReversals: true,
    notSentThen: ['end', 'hold', 'queue'],
    happen: happenWith(step, bounds.policy),
    restart(world) {
      const flight = world.flights[0];
      if (!flight || flight.machine.due === null) return world;
      return this.happen(world, 0, { kind: 'restarted', sent: flight.row === 'sent' });
    },
    act(world) {
      return act(this, world);
    },
  };
}

/** From an authorization that was just committed; hold and queue are reached from it by a failed connection. */
export function attemptModel(bounds: Bounds, step: MachineStep = stepPayment): Model<World> {
  const rules = attemptRules(bounds, step);
  const { machine } = openPayment('authorize', 0, bounds.policy);
  const start: World = {
    flights: [{ machine, row: 'pending', orders: ['none'], wasDeferred: false, cancelled: false }],
    flying: [],
    restarts: 0,
    payAge: 0,
    runAge: Infinity,
  };
  return { start, keyOf, violated, isEnd, edges: (world) => edges(rules, world) };
}

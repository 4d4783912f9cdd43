// The search over one code of ours: what must hold in every reachable state, and how the machine moves in that world.
import type { PaymentEffect, PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import { openPresented } from '../../core/domain/payment/presenting.ts';
import { isProven, type PaymentMachine } from '../../core/domain/payment/state.ts';
import type { Step } from '../../core/domain/payment/steps.ts';
import { stepPayment } from '../../core/domain/payment/transition.ts';
import { type Model, STUCK } from './explore.ts';
import type { Family, ShownRequest } from './presented-model.ts';
import {
  ask,
  GRANTED,
  isPayable,
  LIFE,
  shownEdges,
  type ShownMessage,
  type ShownRules,
  type ShownWorld,
} from './presented-world.ts';
import { capped, machineKey, shortCodePolicy } from './short-time.ts';

/** A planted bug may ask for a new number, or believe another clock. */
export type ShownTill = {
  step(
    machine: PaymentMachine,
    event: PaymentEvent,
    now_ms: number,
    policy: PaymentPolicy,
  ): Step & { newNumber?: true };
  isOver(message: ShownMessage, world: ShownWorld): boolean;
};

export type ShownBounds = Pick<ShownRules, 'family' | 'flyingLimit' | 'restartLimit' | 'deliveryLimit'>;

export const rightTill: ShownTill = {
  step: stepPayment,
  isOver: (message, world) => message.isOver && world.ourLeft <= GRANTED,
};

export const shownProperties = {
  approvedMeansCharged: 'approved means charged',
  notChargedMeansNotCharged: 'not charged means not charged, nor ever',
  paidOnce: 'never two charges for one sale',
  neverReversed: 'a code of ours is asked for, asked about and closed, and nothing else',
  endIsReachable: STUCK,
} as const;

const requestOf: Partial<Record<PaymentEffect['kind'], ShownRequest>> = {
  present: 'present',
  inquire: 'query',
  closePresented: 'close',
};

const latest = (world: ShownWorld) => world.orders.length - 1;

export function perform(world: ShownWorld, { kind }: PaymentEffect): ShownWorld {
  const request = requestOf[kind];
  if (request !== undefined) return ask(world, request, latest(world));
  // There is no code of the customer's to erase.
  return kind === 'eraseCode' ? world : { ...world, foul: kind };
}

function happenWith(till: ShownTill) {
  return (world: ShownWorld, event: PaymentEvent): ShownWorld => {
    const { machine, effects, newNumber } = till.step(world.machine, event, 0, shortCodePolicy);
    const { state } = machine;
    const content = state.kind === 'presenting' && state.content !== null ? [Number(state.content)] : [];
    const next: ShownWorld = {
      ...world,
      machine: capped(machine, shortCodePolicy),
      orders: newNumber ? [...world.orders, 'none'] : world.orders,
      shown: [...new Set([...world.shown, ...content])],
    };
    return effects.reduce(perform, next);
  };
}

const freeKinds: ReadonlySet<string> = new Set([
  'closed',
  'declined',
  'notSent',
  'reversed',
  'expiredUnsent',
]);

export function shownViolated(world: ShownWorld): string | null {
  const { kind } = world.machine.state;
  const paid = world.orders.filter((order) => order === 'paid' || order === 'fresh').length;
  if (world.foul !== null) return shownProperties.neverReversed;
  if (paid > 1) return shownProperties.paidOnce;
  if (kind === 'approved' && paid === 0) return shownProperties.approvedMeansCharged;
  if (freeKinds.has(kind) && (paid > 0 || isPayable(world))) return shownProperties.notChargedMeansNotCharged;
  return null;
}

export function shownKey(world: ShownWorld): string {
  const { machine, orders, shown, left, ourLeft, restarts, foul, flying } = world;
  const messages = flying.map(
    ({ what, number, copied, isOver }) => `${what}${number}${copied ? '*' : ''}${isOver ? '!' : ''}`,
  );
  const head = `${restarts},${left},${ourLeft}|${machineKey(machine)}|${orders.join()}|${shown.join()}|${foul ?? ''}`;
  return `${head}|${messages.sort().join(' ')}`;
}

export function presentedModel(bounds: ShownBounds, till: ShownTill = rightTill): Model<ShownWorld> {
  const { machine } = openPresented(0, shortCodePolicy);
  const rules: ShownRules = { ...bounds, backup: machine, isOver: till.isOver, happen: happenWith(till) };
  const start: ShownWorld = {
    machine,
    orders: ['none'],
    shown: [],
    flying: [{ what: 'present', number: 0, copied: false, isOver: false }],
    left: LIFE,
    ourLeft: LIFE,
    restarts: 0,
    foul: null,
  };
  return {
    start,
    keyOf: shownKey,
    violated: shownViolated,
    isEnd: (world) => isProven(world.machine.state),
    edges: (world) => shownEdges(rules, world),
  };
}

export const families: readonly Family[] = ['ends', 'lasts'];

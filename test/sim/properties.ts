// What must hold in every reachable state, and how equal states are told apart from others.
import { isProven, type PaymentMachine } from '../../core/domain/payment/state.ts';
import { STUCK } from './explore.ts';
import { machineKey } from './short-time.ts';
import type { Flight, Message, World } from './world-types.ts';

export const properties = {
  oneCharge: 'never two charges for one sale',
  approvedMeansCharged: 'approved means charged',
  notChargedMeansNotCharged: 'not charged means not charged',
  deferredIsKept: 'a deferred approval is kept until the manager cancels',
  endIsReachable: STUCK,
  completedMeansPaid: 'a completed sale has exactly its money',
  droppedMeansFree: 'a sale that was dropped keeps no charge',
} as const;

const notChargedKinds: ReadonlySet<string> = new Set(['declined', 'notSent', 'expiredUnsent', 'reversed']);

export function isGivingBack({ state }: PaymentMachine): boolean {
  return (
    state.kind === 'reversing' ||
    state.kind === 'disputed' ||
    (state.kind === 'inquiring' && state.giveBack) ||
    (state.kind === 'approved' && state.unwanted === true)
  );
}

export function charges({ orders }: Flight): number {
  return orders.filter((order) => order === 'paid').length;
}

export function violatedBy(flight: Flight): string | null {
  const { machine, orders, wasDeferred, cancelled } = flight;
  const count = charges(flight);
  const isGivenBack = orders.includes('reversed') || orders.includes('closed');
  if (machine.state.kind === 'approved' && count === 0) return properties.approvedMeansCharged;
  if (notChargedKinds.has(machine.state.kind) && count > 0) return properties.notChargedMeansNotCharged;
  if (wasDeferred && !cancelled && isGivenBack) return properties.deferredIsKept;
  return null;
}

/** The first property that does not hold. A charge counts as kept unless its attempt is giving it back and has no other. */
export function violated(world: World): string | null {
  const kept = world.flights.reduce((sum, flight) => {
    const count = charges(flight);
    return sum + (count === 1 && isGivingBack(flight.machine) ? 0 : count);
  }, 0);
  if (kept > 1) return properties.oneCharge;
  for (const flight of world.flights) {
    const property = violatedBy(flight);
    if (property !== null) return property;
  }
  return null;
}

export function isEnd(world: World): boolean {
  return world.flights.every(({ machine }) => isProven(machine.state));
}

const letters: Record<Message['what'], string> = {
  pay: 'p',
  resend: 'P',
  query: 'q',
  reverse: 'r',
  approved: 'a',
  declined: 'd',
  misconfigured: 'm',
  awaiting: 'w',
  processing: 'g',
  notFound: 'n',
  hostReversed: 'h',
  acknowledged: 'k',
  pending: 'e',
  refused: 'f',
};

export function keyOf(world: World): string {
  let key = `${world.restarts},${world.payAge},${world.runAge}`;
  for (const { machine, row, orders, wasDeferred, cancelled } of world.flights) {
    key += `|${machineKey(machine)}/${row}/${orders.join()}/${wasDeferred ? 'd' : ''}${cancelled ? 'c' : ''}`;
  }
  const flying = world.flying.map(
    (one) => `${letters[one.what]}${one.at}${one.number}${one.copied ? '*' : ''}${one.old ? '-' : ''}`,
  );
  return `${key}|${flying.sort().join('')}`;
}

// The world around one code of ours: network, acquirer, two clocks, customers who saw it, a till that dies or comes from a backup.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { readinessOf } from '../../core/engine/early-looks.ts';
import type { Edge } from './explore.ts';
import { proof } from './machine-variants.ts';
import type { Family, ShownAnswer, ShownOrder, ShownRequest } from './presented-model.ts';
import { shownOutcomes } from './presented-model.ts';
import { age, ageLimit, shortCodePolicy, TICK_ms } from './short-time.ts';

/** `number`: of the order. `isOver`: when it was answered, the acquirer's clock was past the end and all that may follow it. */
export type ShownMessage = {
  what: ShownRequest | ShownAnswer;
  number: number;
  copied: boolean;
  isOver: boolean;
};

export type ShownWorld = {
  machine: PaymentMachine;
  /** One order per number; only a planted bug asks for a second. */
  orders: ShownOrder[];
  /** Whose code was on a screen: anybody may have a picture of it. */
  shown: number[];
  flying: ShownMessage[];
  /** Ticks to the end of the code, by the acquirer's clock and by ours. */
  left: number;
  ourLeft: number;
  restarts: number;
  /** What no code of ours may ever ask for. */
  foul: string | null;
};

export type ShownRules = {
  family: Family;
  flyingLimit: number;
  restartLimit: number;
  deliveryLimit: 1 | 2;
  /** The machine that a backup has: of the opening, and older than all that follows. Null: there is no backup. */
  backup: PaymentMachine | null;
  /** By the adapter: the code has ended, by the clocks it looks at. */
  isOver(message: ShownMessage, world: ShownWorld): boolean;
  happen(world: ShownWorld, event: PaymentEvent, number?: number): ShownWorld;
};

/** An acquirer grants one tick after the end; after it nobody pays, and its books have caught up. */
export const GRANTED = -1;
export const LIFE = shortCodePolicy.presenting.codeFor_ms / TICK_ms;
const LONG = ageLimit(shortCodePolicy) / TICK_ms;
const requests: ReadonlySet<string> = new Set(['present', 'query', 'close', 'look', 'wary']);

export function ask(
  world: ShownWorld,
  what: ShownMessage['what'],
  number: number,
  isOver = false,
): ShownWorld {
  const others = world.flying.filter((one) => one.what !== what || one.number !== number);
  return { ...world, flying: [...others, { what, number, copied: false, isOver }] };
}

export function isPayable({ orders, shown, left }: ShownWorld): boolean {
  return orders.some((order, number) => {
    return order === 'scanned' || (order === 'open' && shown.includes(number) && left > GRANTED);
  });
}

const eventOf: Partial<Record<ShownAnswer, PaymentEvent>> = {
  noCode: { kind: 'codeRefused', code: 'ORDER_CLOSED', reason: 'orderClosed' },
  odd: { kind: 'undecided', code: 'SYSTEM_ERROR' },
  saidPaid: { kind: 'undecided', code: 'ORDER_PAID', saysPaid: true },
  approved: { kind: 'approved', proof },
  declined: { kind: 'declined', code: 'ORDER_CLOSED', reason: 'orderClosed' },
  awaiting: { kind: 'awaiting' },
  processing: { kind: 'processing' },
  closed: { kind: 'closed', result: 'CLOSED' },
  lookPaid: { kind: 'approved', proof },
  lookDead: { kind: 'closed', result: 'ORDER_CLOSED' },
  waryOpen: { kind: 'closePending', cause: 'PAID' },
};

const stillOpen: PaymentEvent = { kind: 'closePending', cause: 'NOT_FOUND' };

const failureOf: Record<ShownRequest, PaymentEvent> = {
  present: { kind: 'noAnswer', cause: 'ECONNRESET' },
  query: { kind: 'inquiryFailed', cause: 'ECONNRESET' },
  close: { kind: 'closePending', cause: 'ECONNRESET' },
  look: { kind: 'closePending', cause: 'ECONNRESET' },
  wary: { kind: 'closePending', cause: 'ECONNRESET' },
};

/** An answer reaches the adapter, which asks once more or tells the machine. */
function answered(rules: ShownRules, world: ShownWorld, message: ShownMessage): ShownWorld {
  const { what, number } = message;
  switch (what) {
    case 'code': {
      // Where the clocks differ by more than a tick the code is shown to nobody.
      const isShared = Math.abs(world.left - world.ourLeft) <= 1;
      const code: PaymentEvent = { kind: 'presented', content: String(number) };
      return rules.happen(world, isShared ? code : { kind: 'undecided', code: 'CLOCKS_DIFFER' }, number);
    }
    case 'refused':
      return ask(world, 'look', number);
    case 'doubtful':
      return ask(world, 'wary', number);
    case 'lookOpen':
      return rules.happen(
        world,
        rules.isOver(message, world) ? { kind: 'closed', result: 'EXPIRED' } : stillOpen,
        number,
      );
    default:
      return rules.happen(world, eventOf[what as ShownAnswer] ?? stillOpen, number);
  }
}

function arrivals(
  rules: ShownRules,
  from: ShownWorld,
  message: ShownMessage,
  suffix: string,
): Edge<ShownWorld>[] {
  const { what, number } = message;
  const isFault = suffix !== '';
  if (!requests.has(what))
    return [{ label: `${what} arrives${suffix}`, isFault, world: answered(rules, from, message) }];
  const order = from.orders[number] ?? 'none';
  const outcomes = shownOutcomes(what as ShownRequest, order, rules.family, from.left <= 0);
  return outcomes.map((outcome) => ({
    label: `${what}${suffix}: ${outcome.order}, answers ${outcome.answer}`,
    isFault: isFault || outcome.isFault,
    world: ask(
      { ...from, orders: from.orders.with(number, outcome.order) },
      outcome.answer,
      number,
      from.left <= GRANTED,
    ),
  }));
}

function deliveries(rules: ShownRules, world: ShownWorld): Edge<ShownWorld>[] {
  return world.flying.flatMap((message, index) => {
    const { what, number, copied } = message;
    const gone = { ...world, flying: world.flying.filter((_, other) => other !== index) };
    const edges = arrivals(rules, gone, message, '');
    if (!copied && rules.deliveryLimit > 1) {
      const kept = { ...world, flying: world.flying.with(index, { ...message, copied: true }) };
      edges.push(...arrivals(rules, kept, message, ', a copy stays on its way'));
    }
    const fault = (label: string, to: ShownWorld) => void edges.push({ label, isFault: true, world: to });
    fault(`${what} is lost`, gone);
    if (!requests.has(what)) return edges;
    fault(`${what}: connection lost`, rules.happen(world, failureOf[what as ShownRequest], number));
    if (what === 'present' && !copied)
      fault(
        'no connection',
        rules.happen(gone, { kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' }, number),
      );
    return edges;
  });
}

/** Whoever has seen the code: scans it, pays or turns away, on the screen or from a picture of it. */
function customers(world: ShownWorld): Edge<ShownWorld>[] {
  return world.orders.flatMap((order, number) => {
    const become = (label: string, to: ShownOrder, isFault: boolean) => {
      return { label, isFault, world: { ...world, orders: world.orders.with(number, to) } };
    };
    if (order === 'scanned')
      return [become('the customer pays', 'fresh', false), become('the customer turns away', 'open', false)];
    const mayScan = order === 'open' && world.shown.includes(number) && world.left > GRANTED;
    return mayScan ? [become('the customer scans', 'scanned', true)] : [];
  });
}

const past = (left: number, ticks: number) => Math.max(left - ticks, GRANTED - 1);

/** What time makes of an order: books catch up, and a code that nobody has paid ends. */
function later(order: ShownOrder, left: number): ShownOrder {
  if (order === 'fresh') return 'paid';
  return left <= GRANTED && (order === 'open' || order === 'scanned') ? 'ended' : order;
}

function pass(world: ShownWorld, ticks: number): ShownWorld {
  const left = past(world.left, ticks);
  return {
    ...setClock(world, ticks),
    left,
    orders: world.orders.map((order) => (ticks > 0 ? later(order, left) : order)),
  };
}

/** Our wall clock alone goes on, or back. */
function setClock(world: ShownWorld, ticks: number): ShownWorld {
  const machine = age(world.machine, ticks * TICK_ms, ageLimit(shortCodePolicy));
  return { ...world, machine, ourLeft: Math.min(past(world.ourLeft, ticks), LIFE + 2) };
}

function restarts(rules: ShownRules, world: ShownWorld): Edge<ShownWorld>[] {
  if (world.restarts >= rules.restartLimit) return [];
  const boot = (label: string, from: ShownWorld, restored?: true): Edge<ShownWorld> => {
    const counted = { ...from, restarts: from.restarts + 1 };
    const isOpen = counted.machine.due !== null;
    const event: PaymentEvent = { kind: 'restarted', sent: false, ...(restored && { restored }) };
    return { label, isFault: true, world: isOpen ? rules.happen(counted, event) : counted };
  };
  const restored =
    rules.backup === null ? [] : [boot('restored from a backup', { ...world, machine: rules.backup }, true)];
  return [
    ...restored,
    boot('restart', world),
    boot('restart after a long time', pass(world, LONG)),
    boot('restart, clock set back', setClock(world, -2)),
    boot('restart, clock set forward', setClock(world, LONG)),
  ];
}

export function shownEdges(rules: ShownRules, world: ShownWorld): Edge<ShownWorld>[] {
  const { due } = world.machine;
  const all = [...deliveries(rules, world), ...customers(world), ...restarts(rules, world)];
  if (due !== null)
    all.push({
      label: 'the cashier gives up',
      isFault: true,
      world: rules.happen(world, { kind: 'gaveUp' }),
    });
  if (readinessOf(world, shortCodePolicy, 0) === 'ready')
    all.push({
      label: 'a notice makes the till look early',
      isFault: true,
      world: rules.happen(world, { kind: 'timer', early: true }),
    });
  all.push(
    due?.at_ms === 0
      ? { label: 'timer', isFault: false, world: rules.happen(world, { kind: 'timer' }) }
      : { label: 'tick', isFault: false, world: pass(world, 1) },
  );
  return all.filter((edge) => edge.world.flying.length <= rules.flyingLimit);
}

// The search over one sale: the till's own transition with at most two attempts, the offline queue included.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import { isProven } from '../../core/domain/payment/state.ts';
import type { Surroundings, TillEvent } from '../../core/domain/till/events.ts';
import { currentSale } from '../../core/domain/till/queries.ts';
import { type Attempt, emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { Bounds } from './attempt-search.ts';
import type { Edge, Model } from './explore.ts';
import { send } from './network.ts';
import { charges, isEnd, isGivingBack, keyOf, properties, violated } from './properties.ts';
import { briefPolicy, capped } from './short-time.ts';
import { edges, withFlight } from './world.ts';
import type { Flight, Rules, World } from './world-types.ts';

export type Transition = typeof transition;
export type SaleWorld = World & { till: TillState };
export type SaleBounds = Bounds & { attemptLimit: number };

const PRICE_fen = 100;
const ROUTE = 'gateway';
const goods = {
  barcode: '1',
  name_zh: '水',
  name_en: 'Water',
  unit: '瓶',
  price_fen: PRICE_fen,
  tax_bp: 1300,
};

function surroundingsOf(policy: PaymentPolicy): Surroundings {
  const offline = { mode: 'queue', perPayment_fen: PRICE_fen, openTotal_fen: PRICE_fen, count: 1 } as const;
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

/** What the future doesn't depend on is left out, so that equal futures are equal states. */
function plain(attempt: Attempt, machine: Attempt['machine']): Attempt {
  return { ...attempt, machine, story: [], openedAt_ms: 0, acquirerCode: null };
}

/** The till with the machines of the world, which have aged. */
function tillOf(world: SaleWorld): TillState {
  const entries = Object.values(world.till.attempts).map((attempt, at) => {
    const machine = world.flights[at]?.machine ?? attempt.machine;
    return [attempt.attemptId, plain(attempt, machine)] as const;
  });
  return { ...world.till, attempts: Object.fromEntries(entries) };
}

const blankFlight = { row: 'none', orders: ['none'], wasDeferred: false, cancelled: false } as const;

function flightOf(before: Flight | undefined, attempt: Attempt, policy: PaymentPolicy): Flight {
  const flight = before ?? { ...blankFlight, orders: [...blankFlight.orders], machine: attempt.machine };
  const machine = capped(attempt.machine, policy);
  return { ...flight, machine, wasDeferred: flight.wasDeferred || machine.deferred };
}

/** Null when the till refuses. */
function tell(
  run: Transition,
  surroundings: Surroundings,
  world: SaleWorld,
  event: TillEvent,
): SaleWorld | null {
  const result = run(tillOf(world), event, { ...surroundings, startedAt_ms: -world.runAge });
  if (result.refusal !== null) return null;
  const attempts = Object.values(result.state.attempts);
  // What only reports read grows with every step and decides nothing here.
  const { period, grand, sequence, deferredDays } = emptyTill;
  const till = { ...result.state, exceptions: {}, period, grand, sequence, deferredDays };
  const flights = attempts.map((attempt, at) =>
    flightOf(world.flights[at], attempt, surroundings.routes[ROUTE]?.policy ?? briefPolicy),
  );
  let next: SaleWorld = { ...world, till, flights };
  const placeOf = (attemptId: string) => attempts.findIndex((one) => one.attemptId === attemptId);
  for (const record of result.records) {
    if (record.type !== 'payment.moved') continue;
    next = { ...next, ...withFlight(next, placeOf(record.body.attemptId), { row: 'none' }) };
  }
  for (const effect of result.effects) {
    if (!('attemptId' in effect) || effect.kind === 'eraseCode') continue;
    const at = placeOf(effect.attemptId);
    if (effect.kind === 'authorize') next = { ...next, ...withFlight(next, at, { row: 'pending' }) };
    else next = { ...next, ...send(next, effect.kind === 'inquire' ? 'query' : 'reverse', at) };
  }
  return next;
}

type Say = (event: TillEvent) => SaleWorld | null;

function cashier(say: Say, world: SaleWorld, attemptLimit: number): Edge<World>[] {
  const list: [label: string, result: SaleWorld | null][] = [];
  if (world.flights.length < attemptLimit) {
    const code = { routeId: ROUTE, scheme: 'WECHAT', codeMask: '130000********0000', deferrable: true };
    const codeHmac = `code ${world.flights.length}`;
    list.push(['a code is scanned', say({ kind: 'codeScanned', ...code, codeHmac, queuedBefore: false })]);
  }
  for (const attempt of Object.values(world.till.attempts)) {
    const which = `attempt ${attempt.tillSequence}`;
    list.push([`the cashier gives up ${which}`, say({ kind: 'gaveUp', attemptId: attempt.attemptId })]);
    if (!attempt.machine.deferred || isProven(attempt.machine.state)) continue;
    const event: PaymentEvent = { kind: 'deferredCancelled' };
    const told = say({ kind: 'payment', attemptId: attempt.attemptId, event });
    const at = attempt.tillSequence - 1;
    list.push([
      `the manager cancels ${which}`,
      told && { ...told, ...withFlight(told, at, { cancelled: true }) },
    ]);
  }
  // Dropping a sale with a paid part gives it back by another machine, which has a search of its own.
  const isPaid = world.flights.some((flight) => flight.machine.state.kind === 'approved');
  list.push(['the sale is dropped', isPaid ? null : say({ kind: 'saleCancelled' })]);
  list.push(['back to the goods', say({ kind: 'backToGoods' })]);
  list.push(['to the payment again', say({ kind: 'tenderStarted' })]);
  return list.flatMap(([label, result]) =>
    result === null ? [] : [{ label, isFault: true, world: result }],
  );
}

function route(say: Say, world: SaleWorld): Edge<World>[] {
  const isOnline = world.till.routes[ROUTE]?.online === true;
  const seen = (online: boolean) =>
    say({
      kind: 'routeObserved',
      routeId: ROUTE,
      online,
      cause: online ? null : 'DNS',
      layer: null,
      storeAndForward: true,
    });
  const flip = seen(!isOnline);
  const list: Edge<World>[] = flip
    ? [{ label: isOnline ? 'the line is down' : 'the line is up', isFault: isOnline, world: flip }]
    : [];
  const forwarded = isOnline ? say({ kind: 'forwarded', routeId: ROUTE, window: 1 }) : null;
  const isWaiting = world.flights.some((flight) => flight.machine.state.kind === 'queued');
  if (forwarded && isWaiting) list.push({ label: 'forwarding', isFault: false, world: forwarded });
  return list;
}

/** The properties of a sale, on top of those of its attempts. */
function saleViolated(world: SaleWorld): string | null {
  const sale = Object.values(world.till.sales)[0];
  const kept = world.flights.filter((flight) => charges(flight) > 0 && !isGivingBack(flight.machine));
  if (sale?.state === 'completed' && kept.length !== 1) return properties.completedMeansPaid;
  if ((sale?.state === 'cancelled' || sale?.state === 'open') && kept.length > 0)
    return properties.droppedMeansFree;
  return violated(world);
}

function saleKey(world: SaleWorld): string {
  const sale = Object.values(world.till.sales)[0];
  return `${sale?.state}${world.till.routes[ROUTE]?.online === true ? '+' : '-'}|${keyOf(world)}`;
}

function startOf(run: Transition, surroundings: Surroundings): SaleWorld {
  const beginnings: TillEvent[] = [
    { kind: 'signedIn', operatorId: '1', role: 'cashier' },
    { kind: 'shiftOpened', operatorId: '1', float_fen: 0 },
    { kind: 'routeObserved', routeId: ROUTE, online: true, cause: null, layer: null, storeAndForward: true },
    { kind: 'goodsEntered', goods },
    { kind: 'tenderStarted' },
  ];
  const till = beginnings.reduce((state, event) => run(state, event, surroundings).state, emptyTill);
  if (currentSale(till)?.state !== 'tendering') throw new Error('the sale did not begin');
  return { till, flights: [], flying: [], restarts: 0, payAge: 0, runAge: Infinity };
}

/** `run` is the till's transition, or one with a planted bug. */
export function saleModel(bounds: SaleBounds, run: Transition = transition): Model<SaleWorld> {
  const surroundings = surroundingsOf(bounds.policy);
  const onTill = (world: World, event: TillEvent): SaleWorld => {
    const told = tell(run, surroundings, world as SaleWorld, event);
    if (told === null) throw new Error(`the till refused ${event.kind}`);
    return told;
  };
  const attemptIdAt = (world: World, at: number) => Object.keys((world as SaleWorld).till.attempts)[at] ?? '';
  const rules: Rules = {
    ...bounds,
    refusesReversals: true,
    notSentThen: ['end', 'queue'],
    happen: (world, at, event) =>
      onTill(world, { kind: 'payment', attemptId: attemptIdAt(world, at), event }),
    restart: (world) => {
      const sentIds = world.flights.flatMap(({ row }, at) =>
        row === 'sent' ? [attemptIdAt(world, at)] : [],
      );
      return onTill(world, {
        kind: 'coreStarted',
        version: '1',
        runtime: 'node',
        sentIds,
        sentDrawerIds: [],
      });
    },
    act: (world) => {
      const say: Say = (event) => tell(run, surroundings, world as SaleWorld, event);
      return [...cashier(say, world as SaleWorld, bounds.attemptLimit), ...route(say, world as SaleWorld)];
    },
  };
  return {
    start: startOf(run, surroundings),
    keyOf: saleKey,
    violated: saleViolated,
    isEnd,
    edges: (world) => edges(rules, world) as Edge<SaleWorld>[],
  };
}

// What people, the route and a changeful acquirer do in the searches of two payments. A scene says who of them takes part.
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { isProven } from '../../core/domain/payment/state.ts';
import { currentSale } from '../../core/domain/till/queries.ts';
import type { Edge } from './explore.ts';
import { proof } from './machine-variants.ts';
import { type PairWorld, ROUTE, TOTAL_fen } from './pair-world.ts';
import { withFlight } from './world.ts';

export type Act =
  | 'scan'
  | 'giveUp'
  | 'cash'
  | 'drop'
  | 'return'
  | 'park'
  | 'recall'
  | 'collect'
  | 'line'
  | 'forward'
  | 'chargedAfterAll';

/** Null when the till refuses. */
export type Say = (event: TillEvent) => PairWorld | null;
type Choice = [label: string, result: PairWorld | null];

export const goods = {
  barcode: '1',
  name_zh: '水',
  name_en: 'Water',
  unit: '瓶',
  price_fen: TOTAL_fen,
  tax_bp: 1300,
};

export const aCode = (index: number): TillEvent => ({
  kind: 'codeScanned',
  routeId: ROUTE,
  scheme: 'WECHAT',
  codeMask: '130000********0000',
  codeHmac: `code ${index}`,
  deferrable: true,
  queuedBefore: false,
});

export const aLine = (online: boolean): TillEvent => ({
  kind: 'routeObserved',
  routeId: ROUTE,
  online,
  cause: online ? null : 'DNS',
  layer: null,
  storeAndForward: true,
});

export function aReturn(saleId: string, lineId: string): TillEvent {
  const decided = { operatorId: '1', approverId: '9', reason: 'faulty' };
  return { kind: 'returnOpened', saleId, lines: [{ lineId, quantity: 1 }], ...decided };
}

const saleName = (at: number) => `sale ${'AB'[at] ?? at}`;

function returns(say: Say, world: PairWorld): Choice[] {
  return Object.values(world.till.sales).map((sale, at) => {
    const told = say(aReturn(sale.saleId, sale.lines[0]?.lineId ?? ''));
    // A return of what is queued is the manager's cancel.
    const marked = told?.flights.reduce((next, { machine }, flight) => {
      const attempt = Object.values(next.till.attempts)[flight];
      const isOf = attempt?.saleId === sale.saleId && machine.state.kind !== 'approved';
      return isOf ? { ...next, ...withFlight(next, flight, { cancelled: true }) } : next;
    }, told);
    return [`${saleName(at)} is returned`, marked ?? null];
  });
}

function cashier(say: Say, world: PairWorld, acts: ReadonlySet<Act>): Choice[] {
  const { till } = world;
  const list: Choice[] = [];
  if (acts.has('scan') && world.flights.length < 2)
    list.push(['a code is scanned', say(aCode(world.flights.length))]);
  if (acts.has('giveUp')) {
    Object.values(till.attempts).forEach(({ attemptId, machine }, at) => {
      if (!machine.deferred && !isProven(machine.state))
        list.push([`the cashier gives up attempt ${at + 1}`, say({ kind: 'gaveUp', attemptId })]);
    });
  }
  if (acts.has('cash') && (currentSale(till)?.cash ?? null) === null)
    list.push(['cash', say({ kind: 'cashTaken', received_fen: TOTAL_fen, roundDown: false })]);
  if (acts.has('drop')) list.push(['the sale is dropped', say({ kind: 'saleCancelled' })]);
  if (acts.has('park')) list.push(['the sale is parked', say({ kind: 'saleParked' })]);
  if (acts.has('recall'))
    for (const saleId of till.parkedSaleIds)
      list.push(['the parked sale is recalled', say({ kind: 'saleRecalled', saleId })]);
  if (acts.has('collect'))
    for (const attemptId of Object.keys(till.exceptions))
      list.push(['it is collected', say({ kind: 'collectStarted', attemptId })]);
  return list;
}

function route(say: Say, world: PairWorld, acts: ReadonlySet<Act>): Edge<PairWorld>[] {
  const isOnline = world.till.routes[ROUTE]?.online === true;
  const list: Edge<PairWorld>[] = [];
  const flip = acts.has('line') ? say(aLine(!isOnline)) : null;
  if (flip)
    list.push({ label: isOnline ? 'the line is down' : 'the line is up', isFault: isOnline, world: flip });
  const isWaiting = world.flights.some((flight) => flight.machine.state.kind === 'queued');
  const forwarded =
    acts.has('forward') && isOnline && isWaiting
      ? say({ kind: 'forwarded', routeId: ROUTE, window: 1 })
      : null;
  if (forwarded) list.push({ label: 'forwarding', isFault: false, world: forwarded });
  return list;
}

/** The acquirer charges what it had declined, and says so at once: its word is verified, so it counts (DESIGN section 4). */
function afterAll(say: Say, world: PairWorld): Edge<PairWorld>[] {
  return world.flights.flatMap(({ orders, machine }, at) => {
    if (orders[0] !== 'failed' || machine.state.kind !== 'declined') return [];
    const attemptId = Object.keys(world.till.attempts)[at] ?? '';
    const event: PaymentEvent = { kind: 'approved', proof };
    const told = say({ kind: 'payment', attemptId, event });
    if (told === null) return [];
    const charged = { ...told, ...withFlight(told, at, { orders: ['paid'] }), late: true };
    return [{ label: `the acquirer charges attempt ${at + 1} after all`, isFault: true, world: charged }];
  });
}

export function peopleEdges(say: Say, world: PairWorld, acts: ReadonlySet<Act>): Edge<PairWorld>[] {
  const choices = [...cashier(say, world, acts), ...(acts.has('return') ? returns(say, world) : [])];
  return [
    ...choices.flatMap(([label, result]) =>
      result === null ? [] : [{ label, isFault: true, world: result }],
    ),
    ...route(say, world, acts),
    ...(acts.has('chargedAfterAll') ? afterAll(say, world) : []),
  ];
}

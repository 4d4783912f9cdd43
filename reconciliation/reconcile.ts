// A bill against a till's books: every line and every item of the day in exactly one class, and not a fen left over.
import { assert } from '../core/domain/assert.ts';
import type { Bill, BillEntry } from './bills/bill.ts';
import { sumOf } from './bills/sums.ts';
import type { GiveBackItem, OrderItem, TillBooks } from './journal/items.ts';
import { type Day, type Finding, giveBackNet_fen, orderNet_fen } from './match/finding.ts';
import { matchGiveBack } from './match/give-backs.ts';
import { matchOrder } from './match/orders.ts';
import { matchUnknown } from './match/unknown.ts';

/**
 * `routeIds`: the routes that this acquirer bills; `parties`: in whose books their payments stand now, where the asker knows it: an id may have
 * had another merchant before. `rate_ppm`: the contract's fee, or null; `rates_ppm`: by route, where there are several.
 */
export type Contract = {
  routeIds: ReadonlySet<string>;
  parties?: ReadonlySet<string>;
  rate_ppm: number | null;
  rates_ppm?: ReadonlyMap<string, number | null>;
};

/** `payout_fen` = `till_fen` + sum of `effect_fen` - sum of `kept_fen`: checked, or it throws. */
export type Reconciliation = {
  day: Day;
  /** Differences and agreements; the bill's lines in their order, then what is on no line. */
  findings: Finding[];
  /** Approved less given back, as the till booked it on this day. */
  till_fen: number;
  payout_fen: number;
};

type Owned = Pick<OrderItem, 'orderNumber' | 'routeId' | 'party'>;

/** In whose books it stands. Of records that tell no party, a route's own. */
function ownerOf({ party, routeId }: Owned): string {
  return party ?? `route ${routeId}`;
}

function isAsked({ routeIds, parties }: Contract, one: Owned): boolean {
  return parties === undefined || one.party === null ? routeIds.has(one.routeId) : parties.has(one.party);
}

/**
 * What must stand on this bill. An order number is given once: a bill that has it is of the merchant who has the order, whatever the route is
 * called today, and whichever of that merchant's routes took it.
 */
function billed({ entries }: Bill, all: TillBooks, contract: Contract): TillBooks {
  const named = new Set(entries.map(({ orderNumber }) => orderNumber));
  const owners = new Set(
    [...all.orders, ...all.giveBacks]
      .filter((one) => named.has(one.orderNumber) || isAsked(contract, one))
      .map(ownerOf),
  );
  const isOn = (one: Owned): boolean => owners.has(ownerOf(one));
  return { ...all, orders: all.orders.filter(isOn), giveBacks: all.giveBacks.filter(isOn) };
}

/** Of what another contract took, nobody has said what it keeps: the row itself may. */
function rateOf(contract: Contract, order: OrderItem): number | null {
  if (!contract.routeIds.has(order.routeId) || !isAsked(contract, order)) return null;
  return contract.rates_ppm?.get(order.routeId) ?? contract.rate_ppm;
}

type Group = { entries: BillEntry[]; order?: OrderItem; giveBacks: GiveBackItem[] };

function grouped(entries: readonly BillEntry[], books: TillBooks): Group[] {
  const groups = new Map<string, Group>();
  const groupOf = (orderNumber: string): Group => {
    const found = groups.get(orderNumber) ?? { entries: [], giveBacks: [] };
    groups.set(orderNumber, found);
    return found;
  };
  for (const entry of entries) groupOf(entry.orderNumber).entries.push(entry);
  for (const order of books.orders) groupOf(order.orderNumber).order = order;
  for (const giveBack of books.giveBacks) groupOf(giveBack.orderNumber).giveBacks.push(giveBack);
  return [...groups.values()];
}

/** A void goes under the order's number: of several, the one that was not refused has the line. */
function voidOf(giveBacks: readonly GiveBackItem[]): GiveBackItem | undefined {
  const voids = giveBacks.filter((one) => one.method === 'void');
  return voids.find((one) => one.belief !== 'failed') ?? voids[0];
}

function matchGroup(day: Day, books: TillBooks, { entries, order, giveBacks }: Group): Finding[] {
  if (order === undefined) {
    const orphans = giveBacks.flatMap((one) => matchGiveBack(day, one, []));
    return [...matchUnknown(day, books, entries), ...orphans];
  }
  const left = new Set(entries);
  const take = (isWanted: (entry: BillEntry) => boolean): BillEntry[] => {
    const taken = [...left].filter(isWanted);
    for (const entry of taken) left.delete(entry);
    return taken;
  };
  const voided = order.belief === 'taken' ? voidOf(giveBacks) : undefined;
  const found = giveBacks.flatMap((one) => {
    const isItsLine = (entry: BillEntry) =>
      one === voided ? entry.kind === 'reversal' : entry.refundNumber === one.requestNumber;
    return matchGiveBack(day, one, take(isItsLine));
  });
  const charges = take((entry) => entry.kind === 'payment');
  return [...matchOrder(day, order, { charges, returns: [...left] }), ...found];
}

/** Each line once, each booked item once: else a class was forgotten or money counted twice. */
function checkWhole(day: Day, bill: Bill, books: TillBooks, findings: readonly Finding[]): void {
  const lines = findings.flatMap((one) => one.entries.map((entry) => entry.line));
  assert(new Set(lines).size === lines.length, 'a line of the bill is in two findings');
  assert(lines.length === bill.entries.length, 'a line of the bill is in no finding');
  const items = findings.flatMap((one) => [one.order, one.giveBack]).filter((item) => item !== null);
  const found = new Set<OrderItem | GiveBackItem>(items);
  assert(found.size === items.length, 'an order or a give-back is in two findings');
  for (const order of books.orders) {
    assert(orderNet_fen(day, order) === 0 || found.has(order), `${order.orderNumber} is in no finding`);
  }
  for (const one of books.giveBacks) {
    assert(giveBackNet_fen(day, one) === 0 || found.has(one), `${one.requestNumber} is in no finding`);
  }
}

/** Where its first line stands; what is on no line comes last. */
function placeOf(one: Finding): number {
  return one.entries[0]?.line ?? Number.MAX_SAFE_INTEGER;
}

export function reconcile(bill: Bill, all: TillBooks, contract: Contract): Reconciliation {
  const day: Day = { rail: bill.rail, billDate: bill.billDate, rate_ppm: contract.rate_ppm };
  const books = billed(bill, all, contract);
  const findings = grouped(bill.entries, books)
    .flatMap((group) => {
      const rate_ppm = group.order === undefined ? null : rateOf(contract, group.order);
      return matchGroup({ ...day, rate_ppm }, books, group);
    })
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  checkWhole(day, bill, books, findings);
  const till_fen =
    sumOf(books.orders, (order) => orderNet_fen(day, order)) +
    sumOf(books.giveBacks, (one) => giveBackNet_fen(day, one));
  const explained_fen =
    till_fen + sumOf(findings, (one) => one.effect_fen) - sumOf(findings, (one) => one.kept_fen);
  const { payout_fen } = bill.totals;
  assert(explained_fen === payout_fen, `${payout_fen - explained_fen} fen of the bill are not explained`);
  return { day, findings, till_fen, payout_fen };
}

// One day of the shop: two shifts, customers all day, an evening that leaves something open, and a Z.
import type { Report } from '../../contract/report.ts';
import { at_ms } from './calendar.ts';
import { newCode, ringUp } from './customers.ts';
import { clearExceptions, isBusy, payFailedRefunds, returnGoods } from './give-backs.ts';
import { type Evening, EVENING_OUTAGE_h, eveningOf } from './outages.ts';
import { type KnownSale, pass, type Shop } from './shop.ts';
import { closeDay, closeShift, idleActs, openShift, signIn } from './shifts.ts';
import { drop, park, recall, scanCode, settleTender, type Wish } from './tender.ts';
import type { Mode } from './till.ts';

const OPENS_h = 8;
const HANDOVER_h = 15;
const CLOSES_h = 22;

function modeOf(day: number): Mode {
  if (day % 7 === 4) return 'hold';
  return day % 13 === 10 ? 'refuse' : 'queue';
}

function wishOf(shop: Shop): Wish {
  return shop.chance.weighted({ wallet: 66, cash: 24, mixed: 10 });
}

function serve(shop: Shop): KnownSale {
  const { chance, till } = shop;
  const known = ringUp(shop);
  if (chance.happens(0.008)) {
    drop(shop, known);
    return known;
  }
  if (chance.happens(0.012)) {
    park(shop, known);
    return known;
  }
  till.mustAsk({ kind: 'tenderStarted' });
  settleTender(shop, known, wishOf(shop));
  return known;
}

/** What else happens at a counter between two customers. */
function between(shop: Shop): void {
  const { chance } = shop;
  if (isBusy(shop)) return;
  idleActs(shop);
  if (chance.happens(0.035)) returnGoods(shop);
  if (shop.parked.length > 0 && chance.happens(0.25)) recall(shop);
  if (chance.happens(0.01)) clearExceptions(shop, false);
  if (chance.happens(0.01)) payFailedRefunds(shop);
  // The colleague takes over for a moment: same shift, same drawer.
  if (chance.happens(0.006)) signIn(shop, shop.cashier === 'lin' ? 'wang' : 'lin');
}

function serveAll(shop: Shop, customers: number, from_h: number, to_h: number): KnownSale[] {
  const served: KnownSale[] = [];
  const times = Array.from({ length: customers }, () =>
    at_ms(shop.day, from_h + shop.chance.unit() * (to_h - from_h)),
  );
  for (const time_ms of times.toSorted((a, b) => a - b)) {
    shop.clock.runUntil(time_ms);
    served.push(serve(shop));
    pass(shop, shop.chance.whole(500, 6000));
    between(shop);
  }
  return served;
}

function handOver(shop: Shop, to: string): void {
  closeShift(shop);
  pass(shop, 60_000);
  signIn(shop, to);
  openShift(shop);
}

/** The line goes down under a payment, and stays down over the Z: nobody can know what became of it. */
function leaveOpenPayment(shop: Shop): void {
  const known = ringUp(shop);
  shop.till.mustAsk({ kind: 'tenderStarted' });
  shop.clock.runUntil(at_ms(shop.day, EVENING_OUTAGE_h) + 200);
  scanCode(shop, known, newCode(shop), null);
  pass(shop, 20_000);
  settleTender(shop, known, 'cash');
  returnGoods(shop, serve(shop));
  returnGoods(shop);
}

/** Around 23:00 the clearing day ends: voids asked before it, while the line is down, arrive after it. */
function workLate(shop: Shop): void {
  const served = serveAll(shop, 10, 22.3, 22.88);
  shop.clock.runUntil(at_ms(shop.day, 22.92));
  for (const known of served) {
    returnGoods(shop, known);
    pass(shop, 10_000);
  }
  serveAll(shop, 3, 23, 23.2);
}

function leaveParked(shop: Shop): void {
  const known = ringUp(shop);
  park(shop, known);
  pass(shop, 30_000);
}

/** What is to stay on the counter over the Z; it is finished afterwards. */
function evening(shop: Shop, kind: Evening): KnownSale | null {
  switch (kind) {
    case 'late':
      workLate(shop);
      return null;
    case 'openPayment':
      leaveOpenPayment(shop);
      return null;
    case 'parkedSale':
      leaveParked(shop);
      return null;
    case 'openSale':
      return ringUp(shop);
    default:
      return null;
  }
}

/** Planted: a note vanishes and nobody knows. */
function loseNote(shop: Shop): void {
  const value_fen = shop.drawer.somePiece(1000);
  if (value_fen !== null) shop.drawer.take(new Map([[value_fen, 1]]));
}

export function runDay(shop: Shop, day: number): Report {
  const { clock, chance, till, options } = shop;
  shop.day = day;
  clock.runUntil(at_ms(day, OPENS_h - 0.2));
  if (till.mode !== modeOf(day) || chance.happens(0.25)) till.restart(modeOf(day));
  signIn(shop, day % 2 === 0 ? 'lin' : 'wang');
  openShift(shop);
  const half = Math.floor(options.sales / 2);
  serveAll(shop, half, OPENS_h, HANDOVER_h);
  if (options.plant === 'noteLost' && day === 1) loseNote(shop);
  handOver(shop, day % 2 === 0 ? 'wang' : 'lin');
  serveAll(shop, options.sales - half, HANDOVER_h, CLOSES_h);
  if (chance.happens(0.7)) clearExceptions(shop, false);
  if (chance.happens(0.7)) payFailedRefunds(shop);
  const kind = eveningOf(day);
  const onCounter = evening(shop, kind);
  if (kind !== 'openShift' && onCounter === null) closeShift(shop);
  pass(shop, 60_000);
  const report = closeDay(shop);
  if (onCounter !== null) {
    till.mustAsk({ kind: 'tenderStarted' });
    settleTender(shop, onCounter, wishOf(shop));
    closeShift(shop);
  }
  return report;
}

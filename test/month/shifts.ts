// Two cashiers, a drawer handed over by a blind count, cash that moves without a sale, X, and the Z that closes the day.
import type { Report } from '../../contract/report.ts';
import type { ClosedShift } from '../../core/domain/till/records.ts';
import { checkZ } from './check-z.ts';
import { checkDrawer, payIn, payOut } from './drawer-acts.ts';
import { must, mustEqual } from './failure.ts';
import { notesFor, type Pieces, standardFloat, valueOf_fen } from './notes.ts';
import { MANAGER, type Shop } from './shop.ts';

export function signIn(shop: Shop, operatorId: string): void {
  shop.cashier = operatorId;
  shop.till.mustAsk({ kind: 'signedIn', operatorId, role: 'cashier' });
}

/** A shift left open over the night goes on. What lies in the drawer beforehand is the bank's business. */
export function openShift(shop: Shop): void {
  const { till, drawer, cashier } = shop;
  if (till.state.shift !== null) return;
  drawer.fill(standardFloat);
  drawer.knownDifference_fen = 0;
  till.mustAsk({ kind: 'shiftOpened', operatorId: cashier, float_fen: drawer.value_fen });
  checkDrawer(shop);
}

/** Counted blind, piece by piece; now and then one piece too many or too few. */
function count(shop: Shop): Pieces {
  const { drawer, chance, faults } = shop;
  const pieces = new Map(drawer.pieces);
  if (shop.wire.isCalm || !chance.happens(0.12)) return pieces;
  const value_fen = drawer.somePiece(chance.pick([5000, 1000, 100, 50]));
  if (value_fen === null) return pieces;
  const by = chance.pick([-1, 1]);
  pieces.set(value_fen, (pieces.get(value_fen) ?? 0) + by);
  faults.saw('wrongCount');
  return pieces;
}

export function closeShift(shop: Shop): void {
  const { till, drawer, tally } = shop;
  const { shift } = till.state;
  if (shift === null) return;
  checkDrawer(shop);
  const pieces = count(shop);
  const counted = [...pieces].map(([value_fen, many]) => ({ value_fen, count: many }));
  till.mustAsk({ kind: 'shiftClosed', operatorId: shop.cashier, counted });
  const document = till.store.loadDocument(shift.shiftId);
  must(document !== null, `shift ${shift.shiftId} is not kept`);
  const closed = document.body as ClosedShift;
  const overShort_fen = valueOf_fen(pieces) - drawer.value_fen + drawer.knownDifference_fen;
  mustEqual(`${closed.number} counted`, closed.counted_fen, valueOf_fen(pieces));
  mustEqual(`${closed.number} expected`, closed.expected_fen, drawer.value_fen - drawer.knownDifference_fen);
  mustEqual(`${closed.number} over or short`, closed.overShort_fen, overShort_fen);
  tally.overShort_fen.push(overShort_fen);
}

/** Small things between customers. */
export function idleActs(shop: Shop): void {
  const { chance, till, faults, tally, cashier } = shop;
  if (till.state.shift === null) return;
  if (chance.happens(0.003)) payIn(shop, notesFor(chance.whole(1, 20) * 500), '备用金');
  if (chance.happens(0.004)) payOut(shop);
  if (chance.happens(0.004)) {
    till.mustAsk({
      kind: 'drawerAsked',
      cause: 'noSale',
      operatorId: cashier,
      approverId: MANAGER,
      reason: '换零',
    });
    tally.noSaleOpens += 1;
    faults.saw('noSaleOpen');
  }
  if (chance.happens(0.002)) takeX(shop);
}

function takeX(shop: Shop): void {
  const taken = shop.till.closing.takeX(shop.cashier);
  shop.till.settle();
  must(taken.ok, taken.ok ? '' : `the two computations of an X differ: ${taken.detail}`);
  shop.faults.saw('xTaken');
}

/** Never blocked by anything that is open. */
export function closeDay(shop: Shop): Report {
  const taken = shop.till.closing.closeDay(MANAGER, shop.till.state.period.zNumber);
  shop.till.settle();
  must(taken.ok, taken.ok ? '' : `the two computations of a Z differ: ${taken.detail}`);
  const report = shop.till.store.loadDocument(taken.reportId)?.body as Report;
  noteOpen(shop, report);
  checkZ(shop, report);
  return report;
}

function noteOpen({ faults }: Shop, report: Report): void {
  const has = (...kinds: string[]) => report.carried.some((row) => kinds.includes(row.kind));
  if (has('queued', 'inDoubt', 'reversing', 'disputed')) faults.saw('zWithOpenPayment');
  if (has('parkedSale')) faults.saw('zWithParkedSale');
  if (has('openSale')) faults.saw('zWithOpenSale');
  if (has('giveBack', 'failedGiveBack')) faults.saw('zWithOpenGiveBack');
  if (has('exception')) faults.saw('zWithException');
  if (report.cash.openShift !== null) faults.saw('zWithOpenShift');
}

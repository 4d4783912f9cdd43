// Notes over the counter: what a customer gives, what he gets back, what the drawer then holds.
import { mustEqual } from './failure.ts';
import { notesFor, type Pieces, valueOf_fen } from './notes.ts';
import { due_fen, isInTheWay, attemptsOf, type KnownSale, MANAGER, saleOf, type Shop } from './shop.ts';
import { isCollected } from './customers.ts';
import { add } from './tally.ts';

/** Float + sales - refunds + in - out, as the till has it, against the pieces that lie there. */
export function checkDrawer(shop: Shop): void {
  const { shift } = shop.till.state;
  if (shift === null) return;
  const expected_fen =
    shift.float_fen + shift.sales_fen - shift.refunds_fen + shift.paidIn_fen - shift.paidOut_fen;
  const { value_fen, knownDifference_fen } = shop.drawer;
  mustEqual('cash that should be in the drawer', expected_fen, value_fen - knownDifference_fen);
}

function received(shop: Shop, amount_fen: number): Pieces {
  const { chance } = shop;
  const round_fen = chance.pick([1, 100, 500, 1000, 5000, 10_000]);
  return notesFor(Math.ceil(amount_fen / round_fen) * round_fen);
}

/** Cash for all that is due; the till's refusal (too early to give a wallet payment up), or null. */
export function payCash(shop: Shop, known: KnownSale): string | null {
  const { chance, till, drawer, tally, faults } = shop;
  const due = due_fen(shop, known);
  const roundDown = chance.happens(0.4);
  const off_fen = roundDown && !isCollected(shop, known) && due % 10 < due ? due % 10 : 0;
  const amount_fen = due - off_fen;
  const offered = received(shop, amount_fen);
  const change = drawer.change(valueOf_fen(offered) - amount_fen, offered);
  const given = change === null ? notesFor(amount_fen) : offered;
  const isDoubtful = attemptsOf(shop, known).some(isInTheWay);
  const refusal = till.ask({ kind: 'cashTaken', received_fen: valueOf_fen(given), roundDown });
  if (refusal !== null) return refusal;
  if (isDoubtful) faults.saw('cashInsteadOfDoubt');
  if (off_fen > 0) faults.saw('roundedDown');
  drawer.put(given);
  if (change !== null) drawer.take(change);
  known.cash_fen += amount_fen;
  known.rounding_fen += off_fen;
  add(tally.cashSales, amount_fen);
  tally.rounding_fen += off_fen;
  const { cash } = saleOf(shop, known);
  mustEqual(`cash kept of ${known.saleId}`, cash?.amount_fen, known.cash_fen);
  mustEqual(`抹零 of ${known.saleId}`, cash?.rounding_fen, known.rounding_fen);
  giveWrongChange(shop);
  checkDrawer(shop);
  return null;
}

/** Now and then a coin too many leaves the drawer, and somebody sees it on the camera. */
function giveWrongChange(shop: Shop): void {
  if (!shop.chance.happens(0.004)) return;
  const value_fen = shop.drawer.somePiece(500);
  if (value_fen === null) return;
  shop.drawer.take(new Map([[value_fen, 1]]));
  shop.drawer.knownDifference_fen -= value_fen;
  shop.faults.saw('wrongChange');
}

export function payIn(shop: Shop, pieces: Pieces, reason: string): void {
  const amount_fen = valueOf_fen(pieces);
  const { till, drawer, tally, faults, cashier } = shop;
  till.mustAsk({
    kind: 'cashMoved',
    direction: 'paidIn',
    amount_fen,
    reason,
    operatorId: cashier,
    approverId: null,
  });
  drawer.put(pieces);
  add(tally.paidIn, amount_fen);
  faults.saw('paidIn');
  checkDrawer(shop);
}

/** Pays an amount out of the drawer, change fetched first when the coins for it are not there. */
export function notesOut(shop: Shop, amount_fen: number): void {
  if (shop.drawer.change(amount_fen) === null) payIn(shop, notesFor(amount_fen), '换零');
  const pieces = shop.drawer.change(amount_fen) ?? notesFor(amount_fen);
  shop.drawer.take(pieces);
}

export function payOut(shop: Shop): void {
  const { till, drawer, tally, faults, chance, cashier } = shop;
  const amount_fen = chance.whole(1, 30) * 100;
  const pieces = drawer.change(amount_fen);
  if (pieces === null || till.state.shift === null) return;
  const refusal = till.ask({
    kind: 'cashMoved',
    direction: 'paidOut',
    amount_fen,
    reason: '买水',
    operatorId: cashier,
    approverId: MANAGER,
  });
  if (refusal === 'E-CASH-04') return;
  mustEqual('paying out', refusal, null);
  drawer.take(pieces);
  add(tally.paidOut, amount_fen);
  faults.saw('paidOut');
  checkDrawer(shop);
}

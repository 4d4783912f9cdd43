// Goods that come back, refunds that failed, exceptions of the offline queue: who comes back, and what the manager does.
import type { Return } from '../../core/domain/till/records.ts';
import type { Attempt } from '../../core/domain/till/state.ts';
import { checkDrawer, notesOut } from './drawer-acts.ts';
import { must, mustEqual } from './failure.ts';
import { attemptsOf, isInTheWay, isProven, type KnownSale, MANAGER, saleOf, type Shop } from './shop.ts';
import { add } from './tally.ts';
import { settleTender } from './tender.ts';

/** Goods on the counter: nobody is served beside them. */
export function isBusy(shop: Shop): boolean {
  const { state } = shop.till;
  const sale = state.sales[state.currentSaleId ?? ''];
  return (sale?.state === 'open' && sale.lines.length > 0) || sale?.state === 'tendering';
}

function isReturnable(shop: Shop, known: KnownSale): boolean {
  if (known.isDropped) return false;
  const { state } = saleOf(shop, known);
  return state === 'completed' || state === 'completedPending';
}

/** Mostly of these days, now and then of last week. */
function someSale(shop: Shop): KnownSale | null {
  const { chance } = shop;
  const all = [...shop.sales.values()];
  const span = chance.pick([20, 200, 3000]);
  const recent = chance.happens(0.05) ? all.filter((known) => known.writtenOff_fen > 0) : all.slice(-span);
  for (let tries = 0; tries < 8; tries += 1) {
    const known = recent.length === 0 ? null : chance.pick(recent);
    if (known !== null && isReturnable(shop, known)) return known;
  }
  return null;
}

function wantedLines(shop: Shop, known: KnownSale, isWhole: boolean) {
  const left = known.lines.filter((line) => line.returned < line.quantity);
  const chosen = isWhole ? left : left.filter(() => shop.chance.happens(0.5)).slice(0, 3);
  return chosen.map(({ lineId, quantity, returned }) => ({
    lineId,
    quantity: isWhole ? quantity - returned : shop.chance.whole(1, quantity - returned),
  }));
}

const refusals = ['E-RET-02', 'E-RET-03', 'E-RET-04', 'E-RET-05', 'E-SALE-07'];

type Lines = ReturnType<typeof wantedLines>;

function askReturn(shop: Shop, { saleId }: KnownSale, lines: Lines): string | null {
  return shop.till.ask({
    kind: 'returnOpened',
    saleId,
    lines,
    operatorId: shop.cashier,
    approverId: MANAGER,
    reason: '不要了',
  });
}

/** Some goods of some sale, or all that is left of this one. */
export function returnGoods(shop: Shop, wanted: KnownSale | null = null): void {
  const sale = wanted ?? someSale(shop);
  if (sale === null || !isReturnable(shop, sale)) return;
  const { till, faults, chance, tally } = shop;
  const isWhole = wanted !== null || chance.happens(0.55);
  const lines = wantedLines(shop, sale, isWhole);
  if (lines.length === 0) return;
  const wasPending = saleOf(shop, sale).state === 'completedPending';
  const refusal = askReturn(shop, sale, lines);
  if (refusal !== null) {
    must(refusals.includes(refusal), `a return was refused: ${refusal}`);
    return faults.saw('returnRefused');
  }
  const returnId = saleOf(shop, sale).returnIds.at(-1) ?? '';
  const document = till.store.loadDocument(returnId);
  must(document !== null, `return ${returnId} is not kept`);
  const { cash_fen, amount_fen } = document.body as Return;
  for (const { lineId, quantity } of lines) {
    const line = sale.lines.find((one) => one.lineId === lineId);
    if (line) line.returned += quantity;
  }
  sale.returned_fen += amount_fen;
  const isAllBack = sale.lines.every((line) => line.returned === line.quantity);
  if (cash_fen > 0) {
    add(tally.cashRefunds, cash_fen);
    sale.cashBack_fen += cash_fen;
    // Change may have to be fetched for it, and the drawer is looked at then: the till has booked the refund already.
    shop.drawer.knownDifference_fen += cash_fen;
    notesOut(shop, cash_fen);
    shop.drawer.knownDifference_fen -= cash_fen;
  }
  add(tally.returns, amount_fen);
  if (isAllBack) checkAllBack(shop, sale);
  if (sale.writtenOff_fen > 0) faults.saw('returnOfWrittenOff');
  faults.saw(isAllBack ? 'returnWhole' : 'returnPart');
  if (wasPending) faults.saw('returnOfQueued');
  checkDrawer(shop);
  maybeRestart(shop);
  if (!chance.happens(0.1) || !isAllBack) return;
  mustEqual(`goods of ${sale.saleId} returned twice`, askReturn(shop, sale, lines), 'E-RET-02');
  faults.saw('returnRefused');
}

/** Everything came back: so must all that was ever taken for it, and no fen more. */
function checkAllBack(shop: Shop, sale: KnownSale): void {
  mustEqual(`all returns of ${sale.saleId}`, sale.returned_fen, sale.total_fen - sale.rounding_fen);
  mustEqual(`cash back of ${sale.saleId}`, saleOf(shop, sale).cashReturned_fen, sale.cash_fen);
  for (const attempt of attemptsOf(shop, sale)) {
    const { attemptId, machine, givenBack_fen, givingBack_fen, amount_fen } = attempt;
    if (machine.state.kind !== 'approved') continue;
    mustEqual(`given back of ${attemptId}`, givenBack_fen + givingBack_fen, amount_fen);
  }
}

function maybeRestart(shop: Shop): void {
  if (shop.wire.isCalm || !shop.chance.happens(0.03)) return;
  shop.faults.saw('restartInGiveBack');
  shop.till.restart();
}

/** Refunds that the wallet refused for good are paid out of the drawer. */
export function payFailedRefunds(shop: Shop): void {
  const { till, faults, tally } = shop;
  const owed = Object.values(till.state.giveBacks).filter(
    (one) => one.machine.state.kind === 'failed' && one.method === 'refund' && !one.paidInCash,
  );
  for (const { giveBackId, saleId, amount_fen } of owed) {
    if (till.state.shift === null) return;
    const decided = { operatorId: shop.cashier, approverId: MANAGER, reason: '微信退款失败' };
    till.mustAsk({ kind: 'giveBackPaid', giveBackId, ...decided });
    add(tally.cashRefunds, amount_fen);
    const known = shop.sales.get(saleId);
    if (known) known.cashBack_fen += amount_fen;
    shop.drawer.knownDifference_fen += amount_fen;
    notesOut(shop, amount_fen);
    shop.drawer.knownDifference_fen -= amount_fen;
    faults.saw('refundPaidInCash');
    checkDrawer(shop);
  }
}

function collect(shop: Shop, known: KnownSale, attemptId: string): void {
  const { till, faults, chance } = shop;
  const refusal = till.ask({ kind: 'collectStarted', attemptId });
  mustEqual('collecting', refusal, null);
  settleTender(shop, known, chance.pick(['wallet', 'cash', 'mixed']));
  if (till.state.exceptions[attemptId] === undefined) faults.saw('exceptionCollected');
}

function writeOff(shop: Shop, known: KnownSale, attemptId: string, amount_fen: number): void {
  const { till, faults, tally } = shop;
  till.mustAsk({
    kind: 'writtenOff',
    attemptId,
    operatorId: MANAGER,
    approverId: MANAGER,
    reason: '找不到人',
  });
  known.writtenOff_fen += amount_fen;
  add(tally.writtenOff, amount_fen);
  faults.saw('exceptionWrittenOff');
}

/** What of a lost payment has not come: what was paid anew paid for the oldest first, and a second try on trust is no money yet. */
function lostOf_fen(shop: Shop, known: KnownSale, lostId: string): number {
  const attempts = attemptsOf(shop, known);
  const isMoney = (one: Attempt) =>
    one.machine.state.kind === 'approved' || (one.machine.deferred && !isProven(one) && !one.collects);
  const came_fen = attempts
    .filter(isMoney)
    .reduce((sum, one) => sum + (known.asked.get(one.attemptId) ?? 0), 0);
  let left_fen = known.total_fen - came_fen - known.cash_fen - known.rounding_fen - known.writtenOff_fen;
  const newestFirst = Object.values(shop.till.state.exceptions)
    .filter(({ saleId }) => saleId === known.saleId)
    .toSorted((a, b) => b.at_ms - a.at_ms || (a.attemptId < b.attemptId ? 1 : -1));
  for (const { attemptId } of newestFirst) {
    const part_fen = Math.max(0, Math.min(known.asked.get(attemptId) ?? 0, left_fen));
    if (attemptId === lostId) return part_fen;
    left_fen -= part_fen;
  }
  return 0;
}

/** The manager's list: each one is collected again, written off, or left for another day. */
export function clearExceptions(shop: Shop, isLast: boolean): void {
  for (const { attemptId, saleId } of Object.values(shop.till.state.exceptions)) {
    const known = shop.sales.get(saleId);
    must(known !== undefined, `exception of ${saleId}, which was never sold`);
    // Something newer of that sale may still be on its way.
    if (shop.till.state.exceptions[attemptId] === undefined || attemptsOf(shop, known).some(isInTheWay))
      continue;
    const choice = shop.chance.weighted({ collect: 40, writeOff: 30, later: isLast ? 0 : 30 });
    if (choice === 'writeOff' || (choice === 'collect' && (isBusy(shop) || shop.till.state.shift === null))) {
      writeOff(shop, known, attemptId, lostOf_fen(shop, known, attemptId));
    } else if (choice === 'collect') collect(shop, known, attemptId);
  }
}

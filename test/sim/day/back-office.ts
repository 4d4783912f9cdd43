// What happens at a till besides selling: goods that come back, exceptions and failed refunds that a manager sees to, cash moved,
// papers printed again, X and Z.
import { chainOf } from '../../../core/domain/giveback/chain.ts';
import { type GiveBack, isOwed, isPerhapsBack } from '../../../core/domain/giveback/give-back.ts';
import { isGiveBackProven } from '../../../core/domain/giveback/machine.ts';
import type { Sale } from '../../../core/domain/sale/sale.ts';
import { isQuarantined } from '../../../core/domain/till/restoring.ts';
import { isCounterTaken } from '../../../core/domain/till/queries.ts';
import type { TillEvent } from '../../../core/domain/till/events.ts';
import type { Attempt } from '../../../core/domain/till/state.ts';
import type { Chance } from '../../month/random.ts';
import { holds, Violation } from './failure.ts';
import type { World } from './world.ts';

const decided = { operatorId: 'lin', approverId: 'chen', reason: '不要了' };

/**
 * Some sale that was sold today. Its goods are not there to come back a second time, whatever a till that was restored knows of it; in quarantine
 * somebody may try.
 */
function someSold(world: World, chance: Chance): Sale | null {
  const { life, lost, state } = world;
  const mayCome = (saleId: string) =>
    lost?.returned.has(saleId) !== true || (state !== null && isQuarantined(state));
  const saleIds = [...world.watch.ledger.sold.keys()].filter(mayCome);
  if (saleIds.length === 0 || life === null) return null;
  const saleId = chance.pick(saleIds);
  return life.engine.state.sales[saleId] ?? life.store.loadSale(saleId);
}

function linesBack(sale: Sale, chance: Chance | null): { lineId: string; quantity: number }[] {
  return sale.settled.flatMap(({ lineId, quantity }) => {
    const left = quantity - (sale.returned[lineId] ?? 0);
    if (left <= 0 || (chance !== null && chance.happens(0.4))) return [];
    return [{ lineId, quantity: chance === null ? left : chance.whole(1, left) }];
  });
}

function returnRest(world: World, saleId: string): void {
  const sale = world.state?.sales[saleId];
  const lines = sale === undefined ? [] : linesBack(sale, null);
  if (lines.length > 0) world.ask({ kind: 'returnOpened', saleId, lines, ...decided });
}

/**
 * Impatient with a refund that has not gone out, or has no answer: it is given back on the acquirer's platform. Not one of which the office's
 * "not back" was told to the till: that waits for the till's last question, and nothing else would tell it.
 */
function refundOnPlatform(world: World): void {
  for (const one of Object.values(world.state?.giveBacks ?? {})) {
    const { giveBackId, method, machine, requestNumber, orderNumber, amount_fen } = one;
    if (method !== 'refund' || isGiveBackProven(machine.state)) continue;
    if ('denied' in machine.state && machine.state.denied) continue;
    if (world.lost?.isBack(giveBackId) !== undefined) continue;
    if (world.host.refundOnPlatform(requestNumber, orderNumber, amount_fen))
      world.saw('person.refundsOnPlatform');
  }
}

/** `wanted` null: some goods of some sale. */
function goodsBack(world: World, chance: Chance, wanted: Sale | null): void {
  const sale = wanted ?? someSold(world, chance);
  if (sale === null) return;
  const lines = linesBack(sale, chance.happens(0.5) ? null : chance);
  if (lines.length === 0) return;
  const event = { kind: 'returnOpened', saleId: sale.saleId, lines, ...decided } as const;
  if (world.ask(event) === null) {
    world.saw('person.goodsBack');
    // A chance of its own: the days of the other seeds stay what they were.
    if (world.chance(`refund on the platform ${sale.saleId}`).happens(0.25)) refundOnPlatform(world);
    // Of a sale paid by a wallet and in cash the rest comes back, too, before the wallet has answered: its share goes back once.
    if (sale.cash !== null && sale.attemptIds.length > 0) returnRest(world, sale.saleId);
  }
  // The same goods again, by an impatient hand.
  if (chance.happens(world.plan.people.doubleTap)) world.ask(event);
}

/** An honest person has looked first: what is back, or on its way there, is not paid again. */
function payFailedRefunds(world: World): void {
  seeToPerhapsBack(world);
  for (const one of Object.values(world.state?.giveBacks ?? {}).filter(isOwed)) {
    const { giveBackId } = one;
    if (isPerhapsBack(one) && isBackThere(world, one) !== false) continue;
    if (world.ask({ kind: 'giveBackPaid', giveBackId, ...decided }) === null)
      world.saw('person.refundInCash');
  }
}

/** Whether the acquirer has given it back, by this request or on its platform; null: it has not decided yet. */
function isBackThere({ host, lost, state }: World, one: GiveBack): boolean | null {
  const { requestNumber } = one;
  const chain = chainOf(state?.giveBacks ?? {}, one);
  // Whoever looks there looks at the payment.
  if (chain.some(({ method }) => method === 'void') && host.ledger.order(one.orderNumber)?.state === 'voided')
    return true;
  const inItsPlace = lost?.isChainBack(chain);
  if (inItsPlace === true || inItsPlace === null) return inItsPlace;
  if (host.isBackOnPlatform(requestNumber)) return true;
  const known = host.refund(requestNumber);
  return known?.state === 'processing' ? null : known?.state === 'done';
}

/** Refused because it may be back: who looks and finds it there says so. */
function seeToPerhapsBack(world: World): void {
  for (const one of Object.values(world.state?.giveBacks ?? {}).filter(isOwed)) {
    const { giveBackId } = one;
    if (!isPerhapsBack(one) || isBackThere(world, one) !== true) continue;
    if (world.ask({ kind: 'giveBackChecked', giveBackId, ...decided }) === null)
      world.saw('person.foundBack');
  }
}

/** In cash, or once more; and an impatient hand does both, of which the till takes the first alone. */
function seeToRefunds(world: World, chance: Chance): void {
  seeToPerhapsBack(world);
  for (const one of Object.values(world.state?.giveBacks ?? {}).filter(isOwed)) {
    const { giveBackId } = one;
    if (!chance.happens(0.5)) continue;
    const isAgain = world.ask({ kind: 'giveBackRetried', giveBackId, ...decided }) === null;
    if (isAgain) world.saw('person.refundAgain');
    if (!chance.happens(0.2) || (isPerhapsBack(one) && isBackThere(world, one) !== false)) continue;
    const refusal = world.ask({ kind: 'giveBackPaid', giveBackId, ...decided });
    if (refusal === null && isAgain)
      throw new Violation('refundsCapped', `${giveBackId} is tried again and paid in cash`);
  }
  payFailedRefunds(world);
}

/** So many questions, and no answer that decides it. */
const LONG_asked = 12;

/** Its goods left on trust; or they came back, and it could not be reversed in time. */
function isLeftUndecided({ host }: World, { orderNumber, machine }: Attempt): boolean {
  const { deferred, state } = machine;
  if (state.kind === 'disputed') return host.ledger.order(orderNumber)?.state === 'processing';
  const isInDoubt = state.kind === 'unknown' || state.kind === 'inquiring';
  return deferred && isInDoubt && state.inquiries >= LONG_asked;
}

/** What nobody there decides the office ends; or it says that it is paid, which the till finds by itself. */
function askOfficeOfPayments(world: World): void {
  for (const one of Object.values(world.state?.attempts ?? {})) {
    const { orderNumber } = one;
    if (!isLeftUndecided(world, one) || !world.host.endByOffice(orderNumber)) continue;
    const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0, orderNumber };
    if (world.ask({ kind: 'findingSettled', finding, isConfirmed: true, ...decided }) === null)
      world.saw('person.officeEndsPayment');
  }
}

/**
 * The acquirer's office says what its own books say at this moment of a refund that stays open here: also of one that it has never heard of,
 * whose request may still be on its way. A word that the till refuses, or that ends nothing yet, is asked for again later.
 */
function askOffice(world: World): void {
  askOfficeOfPayments(world);
  for (const one of Object.values(world.state?.giveBacks ?? {})) {
    const { giveBackId, method, orderNumber, requestNumber: refundNumber, machine } = one;
    if (method !== 'refund' || isGiveBackProven(machine.state)) continue;
    const isBack = isBackThere(world, one);
    if (isBack === null) continue;
    const isUnknown = world.host.refund(refundNumber) === undefined;
    const wasSent = machine.state.kind !== 'requested' && machine.state.kind !== 'sending';
    const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
    const finding = { ...row, orderNumber, refundNumber };
    const said = { isConfirmed: true, ...(!isBack && { isNotBack: true }) };
    const refusal = world.ask({ kind: 'findingSettled', finding, ...said, ...decided });
    const isOver = refusal === null && isEnded(world, giveBackId);
    if (isOver) world.saw(`person.office${isBack ? 'SaysBack' : isUnknown ? 'KnowsNone' : 'SaysNot'}`);
    else if (wasSent && !isBack) world.saw('person.officeTooEarly');
  }
}

function isEnded({ state }: World, giveBackId: string): boolean {
  const one = state?.giveBacks[giveBackId];
  return one !== undefined && isGiveBackProven(one.machine.state);
}

/** Written off, or put on the counter to be collected. */
function seeToException(world: World, chance: Chance, mayCollect: boolean): void {
  const [first] = Object.values(world.state?.exceptions ?? {});
  if (first === undefined) return;
  const { attemptId } = first;
  // Collected or written off before the till was lost: nobody is asked for it again.
  const isOver = world.lost?.endedExceptions.has(attemptId) === true;
  if (mayCollect && !isOver && chance.happens(0.5)) {
    if (world.ask({ kind: 'collectStarted', attemptId }) === null) world.saw('person.collect');
    return;
  }
  if (world.ask({ kind: 'writtenOff', attemptId, ...decided }) === null) world.saw('person.writeOff');
}

function endQuarantine(world: World): void {
  if (world.ask({ kind: 'restoreConfirmed', operatorId: 'chen', reason: '已核对' }) === null)
    world.saw('restore.confirmed');
}

/** As when the answer to the first was lost. */
function askTwice(world: World, event: TillEvent): void {
  if (world.ask(event) !== null) return;
  holds('doneOnce', world.ask(event) !== null, () => `${event.kind} was done again`);
}

function moveCash(world: World, chance: Chance): void {
  const direction = chance.pick(['paidIn', 'paidOut'] as const);
  const amount_fen = chance.whole(1, 40) * 100;
  const who = { operatorId: 'lin', approverId: 'chen' };
  const after = world.state?.counters.cashMove ?? 0;
  askTwice(world, { kind: 'cashMoved', direction, amount_fen, reason: '备用金', ...who, after });
}

function closeShift(world: World, chance: Chance): void {
  const { shift } = world.state ?? {};
  if (!shift) return;
  const counted = [{ value_fen: 100, count: chance.whole(0, 900) }];
  if (world.ask({ kind: 'shiftClosed', operatorId: 'lin', counted }) === null)
    world.saw('person.shiftClosed');
}

/** True when it was taken. A difference of the two computations is a broken promise. */
function closeDay(world: World): boolean {
  return taken(world, 'closeDay');
}

function taken(world: World, what: 'takeX' | 'closeDay'): boolean {
  const { life } = world;
  if (life === null || life.isDead) return false;
  const { closing, engine } = life;
  const { zNumber } = engine.state.period;
  const result = what === 'takeX' ? closing.takeX('lin') : closing.closeDay('chen', zNumber);
  if (!result.ok) throw new Violation('secondComputationAgrees', result.detail);
  world.saw(`person.${what}`);
  if (what === 'closeDay' && !life.isDead)
    holds('doneOnce', !closing.closeDay('chen', zNumber).ok, () => `Z${zNumber} was sealed again`);
  const isOpen = Object.values(life.engine.state.giveBacks).some(
    (one) => !isGiveBackProven(one.machine.state),
  );
  if (what === 'closeDay' && isOpen) world.saw('z.withOpenGiveBack');
  if (what === 'closeDay' && isCounterTaken(life.engine.state)) world.saw('z.withOpenSale');
  return true;
}

function reprint(world: World): void {
  const receiptId = world.state?.lastReceiptId;
  if (receiptId) world.ask({ kind: 'reprintAsked', receiptId, operatorId: 'lin' });
}

function openDrawer(world: World): void {
  const after = world.state?.counters.drawer ?? 0;
  askTwice(world, { kind: 'drawerAsked', cause: 'noSale', ...decided, after });
}

function someErrand(world: World, chance: Chance): void {
  const choice = chance.weighted({
    cash: 20,
    x: 15,
    exception: 25,
    refunds: 15,
    shift: 8,
    reprint: 10,
    drawer: 7,
  });
  switch (choice) {
    case 'cash':
      return moveCash(world, chance);
    case 'x':
      return void taken(world, 'takeX');
    case 'exception':
      return seeToException(world, chance, true);
    case 'refunds':
      askOffice(world);
      return seeToRefunds(world, chance);
    case 'shift':
      return closeShift(world, chance);
    case 'reprint':
      return reprint(world);
    case 'drawer':
      return openDrawer(world);
  }
}

export const backOffice = {
  askOffice,
  askOfficeOfPayments,
  endQuarantine,
  seeToRefunds,
  goodsBack,
  seeToException,
  closeShift,
  closeDay,
  someErrand,
};

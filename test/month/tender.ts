// Getting a sale paid: codes, cash, both; what a cashier does when a wallet says no, says nothing, or the line is down.
import { maskCode } from '../../core/domain/scan/router.ts';
import { codeRules, schemeOf } from './acquirer.ts';
import { checkSold, isCollected, isOver, newCode } from './customers.ts';
import { checkDrawer, payCash } from './drawer-acts.ts';
import { must, mustEqual } from './failure.ts';
import { attemptOf, attemptsOf, due_fen, isInTheWay, isLeaving, saleOf } from './shop.ts';
import { type KnownSale, pass, type Shop } from './shop.ts';

/** The core may be dropped at any moment of a payment. */
function maybeRestart(shop: Shop, share: number, kind: 'restartBeforeSending' | 'restartInPayment'): boolean {
  if (shop.wire.isCalm || !shop.chance.happens(share)) return false;
  shop.faults.saw(kind);
  shop.till.restart();
  return true;
}

/** Scans a code for what is due (or a part of it): the attempt's id, or null when the till refused. */
export function scanCode(shop: Shop, known: KnownSale, code: string, part_fen: number | null): string | null {
  const { till } = shop;
  const due = due_fen(shop, known);
  const asked_fen = part_fen === null ? due : Math.min(part_fen, due);
  if (part_fen !== null) till.mustAsk({ kind: 'walletPartSet', amount_fen: asked_fen });
  const scheme = schemeOf(code);
  const codeHmac = till.vault.fingerprint(code);
  till.isHeldBack = true;
  const refusal = till.ask(
    {
      kind: 'codeScanned',
      routeId: 'gateway',
      scheme,
      codeMask: maskCode(code),
      codeHmac,
      deferrable: codeRules.find((rule) => rule.scheme === scheme)?.deferrable ?? false,
      ...till.codeUse(code),
    },
    code,
  );
  if (refusal !== null) {
    till.isHeldBack = false;
    till.settle();
    noteRefusal(shop, refusal);
    return null;
  }
  const attemptId = saleOf(shop, known).attemptIds.at(-1) ?? '';
  known.asked.set(attemptId, asked_fen);
  mustEqual(`amount of ${attemptId}`, attemptOf(shop, attemptId).amount_fen, asked_fen);
  maybeRestart(shop, 0.0015, 'restartBeforeSending');
  till.isHeldBack = false;
  till.settle();
  if (attemptOf(shop, attemptId).machine.state.kind === 'queued') shop.queuedCode = code;
  return attemptId;
}

/** Every refusal of a payment code that a sound shop may meet. */
function noteRefusal({ faults, till }: Shop, refusal: string): void {
  if (refusal === 'E-OFF-01') return faults.saw('offlineRefusedByPolicy');
  if (refusal === 'E-OFF-05') return faults.saw('sameCodeTwice');
  // The acquirer refused the till's configuration, and the line went down before anything was approved.
  if (refusal === 'E-OFF-14')
    return must((till.state.routes['gateway']?.alarm ?? null) !== null, 'E-OFF-14 without an alarm');
  must(['E-OFF-02', 'E-OFF-03', 'E-OFF-04', 'E-OFF-06'].includes(refusal), `a code was refused: ${refusal}`);
  faults.saw('queueRefused');
}

/** A fresh code; while the line is down now and then the one that stands in the queue already, or has left it as a payment. */
function codeOf(shop: Shop): string {
  const { till, queuedCode, chance } = shop;
  const isDown = till.state.routes['gateway']?.online === false;
  if (isDown && queuedCode !== null && chance.happens(0.1)) {
    if (till.codeUse(queuedCode).usedBefore) return queuedCode;
  }
  return newCode(shop);
}

/** Waits as long as people do; the core may be dropped meanwhile. */
function waitFor(shop: Shop, attemptId: string, patience_ms: number): void {
  const { clock, chance } = shop;
  const end_ms = clock.now_ms() + patience_ms;
  const isSettled = () => !isInTheWay(attemptOf(shop, attemptId));
  if (isSettled()) return;
  if (!shop.wire.isCalm && chance.happens(0.01)) {
    const isDone = clock.runUntil(clock.now_ms() + chance.whole(1, Math.min(patience_ms, 20_000)), isSettled);
    if (!isDone) maybeRestart(shop, 1, 'restartInPayment');
  }
  clock.runUntil(end_ms, isSettled);
}

/** The wallet says nothing: wait on, give it up, take cash instead, or put the sale aside. */
function onSilence(shop: Shop, known: KnownSale): void {
  const { chance, till, faults } = shop;
  const doubtful = attemptsOf(shop, known).find(isInTheWay);
  if (!doubtful) return;
  const { attemptId } = doubtful;
  const isParkable = saleOf(shop, known).state === 'tendering';
  const choice = chance.weighted({
    wait: 30,
    giveUp: isLeaving(doubtful) ? 0 : 30,
    cash: 30,
    park: isParkable ? 10 : 0,
  });
  switch (choice) {
    case 'wait':
      return waitFor(shop, attemptId, 60_000);
    case 'giveUp':
      if (till.ask({ kind: 'gaveUp', attemptId }) === null) faults.saw('gaveUp');
      return waitFor(shop, attemptId, 30_000);
    case 'cash':
      if (payCash(shop, known) !== null) pass(shop, 2000);
      return;
    case 'park':
      park(shop, known);
      faults.saw('parkedInDoubt');
  }
}

export function park(shop: Shop, known: KnownSale): void {
  const refusal = shop.till.ask({ kind: 'saleParked' });
  if (refusal === 'E-SALE-06') return;
  mustEqual('parking', refusal, null);
  shop.faults.saw('parked');
  shop.parked.push(known);
}

/** Drops the sale on the counter, with whatever was paid of it. */
export function drop(shop: Shop, known: KnownSale): void {
  const isPaid = attemptsOf(shop, known).some(
    (one) => one.machine.state.kind === 'approved' || one.machine.deferred,
  );
  shop.till.mustAsk({ kind: 'saleCancelled' });
  known.isDropped = true;
  shop.faults.saw(isPaid ? 'droppedPartPaid' : 'droppedUnpaid');
}

export type Wish = 'wallet' | 'cash' | 'mixed';

function payByWallet(shop: Shop, known: KnownSale, wish: Wish): void {
  pass(shop, shop.chance.whole(800, 5000));
  // While the phone came out an old answer may have surfaced: it paid this sale, or is asked about and given back first.
  if (isOver(shop, known) || attemptsOf(shop, known).some(isInTheWay)) return;
  const due = due_fen(shop, known);
  const isPart = wish === 'mixed' && due > 200;
  const part_fen = isPart ? shop.chance.whole(100, due - 100) : null;
  const attemptId = scanCode(shop, known, codeOf(shop), part_fen);
  if (attemptId === null) {
    payCash(shop, known);
    return;
  }
  const patience_ms = shop.chance.pick([9000, 16_000, 30_000, 60_000, 150_000]);
  waitFor(shop, attemptId, patience_ms);
  if (isPart && !isInTheWay(attemptOf(shop, attemptId))) shop.faults.saw('mixedSale');
}

const ROUNDS_limit = 40;

/** Until it is paid, promised, parked or dropped. */
export function settleTender(shop: Shop, known: KnownSale, first: Wish): void {
  let wish: Wish = first;
  for (let round = 0; round < ROUNDS_limit && !isOver(shop, known); round += 1) {
    if (saleOf(shop, known).state === 'parked') return;
    if (attemptsOf(shop, known).some(isInTheWay)) {
      onSilence(shop, known);
      continue;
    }
    if (round > 0 && isLeavingShop(shop, known)) return drop(shop, known);
    if (round > 0 && isCollected(shop, known) && shop.chance.happens(0.15)) {
      // He has to fetch more money: what is left of it waits for another day.
      shop.faults.saw('collectingLeft');
      return shop.till.mustAsk({ kind: 'saleLeft' });
    }
    if (wish === 'cash' || round > 6) payCash(shop, known);
    else payByWallet(shop, known, wish);
    wish = shop.chance.weighted({ wallet: 45, cash: 55, mixed: 0 });
  }
  must(isOver(shop, known) || saleOf(shop, known).state === 'parked', `${known.saleId} is never settled`);
  checkSold(shop, known);
  checkDrawer(shop);
}

function isLeavingShop(shop: Shop, known: KnownSale): boolean {
  return saleOf(shop, known).state === 'tendering' && !shop.wire.isCalm && shop.chance.happens(0.06);
}

/** A parked sale taken up again; it may have paid itself meanwhile. */
export function recall(shop: Shop): void {
  const known = shop.parked.shift();
  if (!known) return;
  const { till, faults } = shop;
  if (!till.state.parkedSaleIds.includes(known.saleId)) {
    faults.saw('completedWhileParked');
    return checkSold(shop, known);
  }
  till.mustAsk({ kind: 'saleRecalled', saleId: known.saleId });
  faults.saw('recalled');
  if (saleOf(shop, known).state === 'open') till.mustAsk({ kind: 'tenderStarted' });
  settleTender(shop, known, 'wallet');
}

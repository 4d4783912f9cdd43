// After the chaos: nothing new goes wrong, people finish what is open, and the till must come to rest with every promise kept.
import { currentSale, due_fen, isBlocking, isCounterTaken } from '../../../core/domain/till/queries.ts';
import { isQuarantined } from '../../../core/domain/till/restoring.ts';
import { isProven } from '../../../core/domain/payment/state.ts';
import { isOpenGiveBack } from '../../../core/domain/giveback/give-back.ts';
import type { Attempt } from '../../../core/domain/till/state.ts';
import type { Chance } from '../../month/random.ts';
import { backOffice } from './back-office.ts';
import { newCode } from './codes.ts';
import { holds } from './failure.ts';
import type { World } from './world.ts';

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
/** First often, then seldom; the whole is more than the acquirer's window for reversals. */
const rounds_ms = [
  ...Array.from({ length: 12 }, () => minute_ms),
  ...Array.from({ length: 12 }, () => 10 * minute_ms),
  ...Array.from({ length: 12 }, () => 2 * hour_ms),
  ...Array.from({ length: 14 }, () => 12 * hour_ms),
];

/** The sale on the counter is paid in cash, when its wallet payment has come to an end. */
function finishSale(world: World, anew: Chance | null): boolean {
  const { state } = world;
  const sale = state === null ? null : currentSale(state);
  if (state === null || sale === null) return true;
  if (sale.state === 'open') {
    world.ask({ kind: sale.lines.length === 0 ? 'saleCancelled' : 'tenderStarted' });
    return sale.lines.length === 0;
  }
  if (sale.state !== 'tendering' && sale.state !== 'completedPending') return true;
  const attempts = sale.attemptIds.flatMap((attemptId) => state.attempts[attemptId] ?? []);
  const due = due_fen(state, sale);
  if (due > 0 && anew !== null && !attempts.some(isBlocking) && leavesRest(attempts, anew)) {
    world.saw('person.leavesRest');
    world.ask({ kind: 'saleLeft' });
    return true;
  }
  if (due > 0 && !attempts.some(isBlocking)) {
    world.ask({ kind: 'cashTaken', received_fen: due, roundDown: false });
    return false;
  }
  if (sale.state === 'completedPending' && due <= 0) world.ask({ kind: 'saleLeft' });
  return sale.state === 'completedPending' && due <= 0;
}

/** Papers that are shown as not printed, or not surely, are printed again, marked. */
function finishPapers(world: World): void {
  const { life } = world;
  if (life === null) return;
  const failed = [...world.watch.receipts].filter((receiptId) => {
    const receipt = life.engine.state.receipts[receiptId] ?? life.store.loadReceipt(receiptId);
    return receipt?.print === 'failed' && receipt.proof !== 'nothing';
  });
  for (const receiptId of failed.slice(0, 20))
    world.ask({ kind: 'reprintAsked', receiptId, operatorId: 'lin' });
}

/** Who pays a part of what was lost may go with it: the rest is for the manager. */
function leavesRest(attempts: readonly Attempt[], anew: Chance): boolean {
  const isPaid = attempts.some((one) => one.collects === true && one.machine.state.kind === 'approved');
  return isPaid && anew.happens(0.7);
}

/** A customer whose payment was lost comes with another code, mostly for a part of it; nobody waits for the manager meanwhile. */
function payAnew(world: World, anew: Chance): void {
  const { state } = world;
  const [attemptId] = Object.keys(state?.exceptions ?? {});
  const isFree = state !== null && !isCounterTaken(state) && state.shift !== null;
  if (!isFree || attemptId === undefined || world.lost?.endedExceptions.has(attemptId)) return;
  if (!anew.happens(0.5)) return;
  if (world.ask({ kind: 'collectStarted', attemptId }) !== null) return;
  const sale = world.state === null ? null : currentSale(world.state);
  const due = sale === null || world.state === null ? 0 : due_fen(world.state, sale);
  if (due >= 300 && anew.happens(0.8))
    world.ask({ kind: 'walletPartSet', amount_fen: anew.whole(100, due - 100) });
  const code = newCode(anew);
  world.codes.push(code);
  world.scanner.scan(code);
  world.saw('person.paysAnew');
}

/** All of them, one after the other: what can't be finished now is put aside for the next. */
function finishParked(world: World, anew: Chance | null): void {
  for (const saleId of world.state?.parkedSaleIds ?? []) {
    if (world.state !== null && isCounterTaken(world.state)) world.ask({ kind: 'saleParked' });
    world.ask({ kind: 'saleRecalled', saleId });
    for (let turn = 0; turn < 6 && !finishSale(world, anew); turn += 1);
  }
}

/** `anew`: while there is time, customers of lost payments come back. */
function work(world: World, anew: Chance | null): void {
  const { state } = world;
  if (state === null) return;
  if (state.operatorId === null) world.ask({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  if (state.shift === null) world.ask({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
  for (let turn = 0; turn < 6 && !finishSale(world, anew); turn += 1);
  if (isQuarantined(state)) backOffice.endQuarantine(world);
  finishParked(world, anew);
  // What nobody there decides only the office ends; with the rest people wait for the wire alone on some days.
  backOffice.askOfficeOfPayments(world);
  if (world.chance('telephone').happens(0.5)) backOffice.askOffice(world);
  backOffice.seeToRefunds(world, world.chance('refunds'));
  if (anew === null || anew.happens(0.6)) backOffice.seeToException(world, world.chance('settling'), false);
  if (anew !== null) payAnew(world, anew);
  finishPapers(world);
}

/** What is still open, in words; empty at rest. */
function openThings({ life }: World): string[] {
  if (life === null) return ['the core is down'];
  const { state } = life.engine;
  const { sales, attempts, giveBacks, exceptions, parkedSaleIds } = state;
  const atWork = Object.values(sales).filter((one) =>
    ['tendering', 'cancelling', 'completedPending', 'parked'].includes(one.state),
  );
  return [
    ...Object.values(attempts).flatMap((one) =>
      isProven(one.machine.state) ? [] : [`${one.attemptId} ${one.machine.state.kind}`],
    ),
    ...Object.values(giveBacks).flatMap((one) =>
      isOpenGiveBack(one) ? [`${one.giveBackId} ${one.machine.state.kind}`] : [],
    ),
    ...Object.keys(exceptions).map((id) => `exception ${id}`),
    ...parkedSaleIds.map((id) => `parked ${id}`),
    ...atWork.map((one) => `${one.saleId} ${one.state}`),
    ...life.store.openRows().map((row) => `row ${row.kind} ${row.reference} ${row.state}`),
  ];
}

/** @throws Violation when the till does not come to rest. */
export function comeToRest(world: World): void {
  world.calm();
  const anew = world.chance('paid anew');
  let open: string[] = [];
  for (const round_ms of rounds_ms) {
    world.time.run(round_ms);
    world.step(() => work(world, round_ms < 12 * hour_ms ? anew : null));
    world.time.run(minute_ms);
    open = openThings(world);
    if (open.length === 0) break;
  }
  holds('comesToRest', open.length === 0, () => `still open after eight calm days: ${open.join(', ')}`);
  world.step(() => backOffice.closeShift(world, world.chance('count')));
  world.step(() => void backOffice.closeDay(world));
  world.time.run(minute_ms);
  open = openThings(world);
  holds('comesToRest', open.length === 0, () => `open after the last Z: ${open.join(', ')}`);
}

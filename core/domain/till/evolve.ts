// evolve(state, record): the only way the till's state changes. Total, pure, used alike in selling, recovery and verification.
import { assertNever } from '../assert.ts';
import { post } from '../report/posting.ts';
import { withRules } from '../report/rules.ts';
import * as counter from './evolve/counter.ts';
import * as giveBacks from './evolve/give-backs.ts';
import * as payments from './evolve/payments.ts';
import * as restoring from './evolve/restoring.ts';
import * as selling from './evolve/selling.ts';
import { withReceipt } from './evolve/with.ts';
import type { BodyOf, TillRecord } from './records.ts';
import type { PrintProof, TillState } from './state.ts';

function routeChanged(state: TillState, body: BodyOf<'route.changed'>): TillState {
  return { ...state, routes: { ...state.routes, [body.routeId]: body.facts } };
}

function reprintAsked(state: TillState, { receiptId, count }: BodyOf<'receipt.reprintAsked'>): TillState {
  return withReceipt(state, receiptId, (receipt) => ({
    ...receipt,
    reprints: count,
    print: 'pending',
    proof: null,
  }));
}

/** Of a record without a proof what it says at the least. */
export function printProofOf({ print, problem, proof }: BodyOf<'receipt.printEnded'>): PrintProof {
  if (proof !== undefined) return proof;
  if (print === 'printed') return 'orderedStatus';
  if (print === 'sentUnconfirmed') return 'sentOnly';
  return problem === 'lostInMidReceipt' ? 'half' : 'nothing';
}

function printEnded(state: TillState, body: BodyOf<'receipt.printEnded'>): TillState {
  const { receiptId, print, problem } = body;
  const proof = printProofOf(body);
  return withReceipt(state, receiptId, (receipt) => ({ ...receipt, print, problem, proof }));
}

function pinCleared(state: TillState, { operatorId }: BodyOf<'operator.pinCleared'>): TillState {
  const others = Object.entries(state.pins).filter(([id]) => id !== operatorId);
  return { ...state, pins: Object.fromEntries(others) };
}

function pinWrong(state: TillState, body: BodyOf<'operator.pinWrong'>): TillState {
  const wrong = (state.pins[body.operatorId]?.wrong ?? 0) + 1;
  const pin = { wrong, lockedUntil_ms: body.lockedUntil_ms };
  return { ...state, pins: { ...state.pins, [body.operatorId]: pin } };
}

function changed(state: TillState, record: TillRecord): TillState {
  switch (record.type) {
    case 'till.installed':
      return withRules({ ...state, epoch: record.body.epoch }, record.body);
    case 'till.restored':
      return restoring.tillRestored(state, record.body);
    case 'restore.confirmed':
      return restoring.restoreConfirmed(state, record.body);
    case 'core.started':
      return withRules(restoring.coreStarted(state), record.body);
    case 'clock.stepped':
      return state;
    case 'operator.signedIn':
      return { ...state, operatorId: record.body.operatorId, isLocked: false };
    case 'operator.signedOut':
      return { ...state, operatorId: null };
    case 'operator.pinWrong':
      return pinWrong(state, record.body);
    case 'operator.pinCleared':
      return pinCleared(state, record.body);
    case 'till.locked':
      return { ...state, operatorId: null, isLocked: true };
    case 'till.languageSet':
      return { ...state, language: record.body.language };
    case 'route.changed':
      return routeChanged(state, record.body);
    case 'receipt.reprintAsked':
      return reprintAsked(state, record.body);
    case 'receipt.printEnded':
      return printEnded(state, record.body);
    case 'payment.opened':
      return payments.paymentOpened(state, record.body);
    case 'payment.moved':
      return payments.paymentMoved(state, record.body);
    case 'payment.noted':
      return payments.paymentNoted(state, record.body);
    case 'exception.raised':
      return payments.exceptionRaised(state, record.body);
    case 'exception.closed':
      return payments.exceptionClosed(state, record.body);
    case 'writeOff.takenBack':
      return payments.writeOffTakenBack(state, record.body);
    default:
      return changedByTrade(state, record);
  }
}

type TradeRecord = Extract<
  TillRecord,
  { type: `sale.${string}` | `return.${string}` | `giveBack.${string}` | CounterType }
>;
type CounterType =
  | `shift.${string}`
  | `cash.${string}`
  | `drawer.${string}`
  | `report.${string}`
  | 'day.closed'
  | 'evidence.given'
  | 'code.printed'
  | 'bill.compared'
  | 'finding.settled'
  | 'batch.settled';

function changedByTrade(state: TillState, record: TradeRecord): TillState {
  switch (record.type) {
    case 'sale.opened':
      return selling.saleOpened(state, record.body);
    case 'sale.lineAdded':
      return selling.lineAdded(state, record.body);
    case 'sale.quantitySet':
      return selling.quantitySet(state, record.body);
    case 'sale.lineRemoved':
      return selling.lineRemoved(state, record.body);
    case 'sale.tendering':
      return selling.saleStateSet(state, record.body.saleId, 'tendering');
    case 'sale.reopened':
      return selling.saleStateSet(state, record.body.saleId, 'open');
    case 'sale.parked':
      return selling.saleParked(state, record.body);
    case 'sale.recalled':
      return selling.saleRecalled(state, record.body);
    case 'sale.walletPartSet':
      return selling.walletPartSet(state, record.body);
    case 'sale.cashTaken':
      return selling.cashTaken(state, record.body);
    case 'sale.cancelling':
      return selling.saleStateSet(state, record.body.saleId, 'cancelling');
    case 'sale.cancelled':
      return selling.saleCancelled(state, record.body);
    case 'sale.completed':
      return selling.saleCompleted(state, record.body);
    case 'sale.confirmed':
      return selling.saleStateSet(state, record.body.saleId, 'completed');
    case 'sale.collecting':
      return { ...state, currentSaleId: record.body.saleId };
    case 'sale.left':
      return selling.saleLeft(state, record.body);
    default:
      return changedAfterSale(state, record);
  }
}

function changedAfterSale(
  state: TillState,
  record: Exclude<TradeRecord, { type: `sale.${string}` }>,
): TillState {
  switch (record.type) {
    case 'return.opened':
      return giveBacks.returnOpened(state, record.body);
    case 'return.slipAsked':
      return giveBacks.returnSlipAsked(state, record.body);
    case 'giveBack.opened':
      return giveBacks.giveBackOpened(state, record.body);
    case 'giveBack.moved':
      return giveBacks.giveBackMoved(state, record.body);
    case 'giveBack.noted':
      return giveBacks.giveBackNoted(state, record.body);
    case 'giveBack.slipAsked':
      return giveBacks.giveBackSlipAsked(state, record.body);
    case 'giveBack.retried':
    case 'giveBack.checked':
      return state;
    case 'giveBack.lossSeen':
      return giveBacks.giveBackLossSeen(state, record.body);
    case 'giveBack.paidInCash':
      return giveBacks.giveBackPaidInCash(state, record.body);
    case 'evidence.given':
      return counter.evidenceGiven(state, record.body);
    case 'code.printed':
      return counter.codePrinted(state, record.body);
    case 'bill.compared':
      return counter.billCompared(state, record.body);
    case 'finding.settled':
      return state;
    case 'batch.settled':
      return counter.batchSettled(state, record.body);
    case 'shift.opened':
      return counter.shiftOpened(state, record.body);
    case 'shift.closed':
      return counter.shiftClosed(state, record.body);
    case 'cash.moved':
      return counter.cashMoved(state, record.body);
    case 'drawer.asked':
      return counter.drawerAsked(state, record.body);
    case 'drawer.ended':
      return counter.drawerEnded(state, record.body);
    case 'report.taken':
      return counter.reportTaken(state, record.body);
    case 'day.closed':
      return counter.dayClosed(state, record.body);
    case 'report.differed':
      return counter.reportDiffered(state, record.body);
    default:
      return assertNever(record, 'evolve');
  }
}

export function evolve(state: TillState, record: TillRecord): TillState {
  const next = changed(state, record);
  const period = post(next.period, record, { before: state, after: next });
  return { ...next, period, sequence: state.sequence + 1 };
}

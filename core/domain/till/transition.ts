// transition(state, event): the whole till, pure. Records are what the journal keeps, effects what the outbox does after the commit.
import { own } from '../own.ts';
import { assertNever } from '../assert.ts';
import { batchAnswered } from './batches.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { cashMoved, drawerAsked, drawerEnded } from './drawer.ts';
import { codePrintAsked } from './code-paper.ts';
import { evidenceAsked } from './evidencing.ts';
import { collectStarted, writtenOff } from './exceptions.ts';
import {
  giveBackChecked,
  giveBackLossSeen,
  giveBackPaid,
  giveBackRetried,
  moveGiveBack,
} from './give-backs.ts';
import { presentAsked } from './main-scan.ts';
import { forward, giveUp, movePayment } from './payments.ts';
import type { GiveBack } from '../giveback/give-back.ts';
import { REPORT_RULES } from '../report/rules.ts';
import type { TillRecord } from './records.ts';
import { isWaiting } from './queries.ts';
import { billCompared, findingSettled } from './reconciling.ts';
import { coreStarted } from './recovery.ts';
import { reportDiffered, reportTaken } from './reporting.ts';
import { restoreConfirmed, restored } from './restoring.ts';
import { returnOpened } from './returns.ts';
import { routeObserved } from './routes.ts';
import * as selling from './selling.ts';
import { shiftClosed, shiftOpened } from './shifts.ts';
import type { TillState } from './state.ts';
import { cashTaken, codeScanned, walletPartSet } from './tendering.ts';

function just(state: TillState, record: TillRecord): Transition {
  const draft = draftFrom(state);
  draft.record(record);
  return draft.done();
}

function reprintAsked(state: TillState, receiptId: string, operatorId: string): Transition {
  const receipt = own(state.receipts, receiptId);
  if (!receipt) return refuse(state, 'E-SALE-02');
  // The paper itself comes with the first word on its refunds, and before its copies.
  const isSlipDue = ({ returnId, slipPrinted }: GiveBack) => returnId === receiptId && !slipPrinted;
  if (Object.values(state.giveBacks).some(isSlipDue)) return refuse(state, 'E-PRN-10');
  // One copy waits at a time: a hand that keeps pressing while paper is out would bury the printer.
  if (receipt.reprints > 0 && isWaiting(receipt)) return refuse(state, 'E-PRN-09');
  const count = receipt.reprints + 1;
  const draft = draftFrom(state);
  draft.record({ type: 'receipt.reprintAsked', body: { receiptId, count, operatorId } });
  draft.effect({ kind: 'print', receiptId, copy: count });
  return draft.done();
}

function signedOut(state: TillState): Transition {
  if (state.operatorId === null) return draftFrom(state).done();
  return just(state, { type: 'operator.signedOut', body: { operatorId: state.operatorId } });
}

function locked(state: TillState): Transition {
  if (state.operatorId === null) return draftFrom(state).done();
  return just(state, { type: 'till.locked', body: { operatorId: state.operatorId } });
}

function drafted(state: TillState, change: (draft: Draft) => void): Transition {
  const draft = draftFrom(state);
  change(draft);
  return draft.done();
}

type PersonEvent = Extract<
  TillEvent,
  {
    kind:
      | 'installed'
      | 'restored'
      | 'clockStepped'
      | 'signedIn'
      | 'signedOut'
      | 'pinWrong'
      | 'pinCleared'
      | 'locked'
      | 'languageSet'
      | 'reprintAsked'
      | 'printEnded';
  }
>;

function ofTheTill(state: TillState, event: PersonEvent): Transition {
  switch (event.kind) {
    case 'installed':
      return just(state, { type: 'till.installed', body: { epoch: event.epoch, reportRules: REPORT_RULES } });
    case 'restored':
      return restored(state, event);
    case 'clockStepped':
      return just(state, { type: 'clock.stepped', body: { by_ms: event.by_ms } });
    case 'signedIn': {
      const { operatorId, role } = event;
      return just(state, { type: 'operator.signedIn', body: { operatorId, role } });
    }
    case 'signedOut':
      return signedOut(state);
    case 'pinWrong': {
      const { operatorId, lockedUntil_ms } = event;
      return just(state, { type: 'operator.pinWrong', body: { operatorId, lockedUntil_ms } });
    }
    case 'pinCleared':
      return just(state, { type: 'operator.pinCleared', body: { operatorId: event.operatorId } });
    case 'locked':
      return locked(state);
    case 'languageSet':
      return just(state, { type: 'till.languageSet', body: { language: event.language } });
    case 'reprintAsked':
      return reprintAsked(state, event.receiptId, event.operatorId);
    case 'printEnded': {
      const { kind: _, ...body } = event;
      return just(state, { type: 'receipt.printEnded', body });
    }
    default:
      return assertNever(event, 'till transition');
  }
}

type SaleEvent = Extract<
  TillEvent,
  {
    kind:
      | 'goodsEntered'
      | 'quantitySet'
      | 'lineRemoved'
      | 'tenderStarted'
      | 'backToGoods'
      | 'saleCancelled'
      | 'saleLeft'
      | 'saleParked'
      | 'saleRecalled'
      | 'walletPartSet'
      | 'codeScanned'
      | 'presentAsked'
      | 'cashTaken';
  }
>;

function ofTheSale(state: TillState, event: SaleEvent, surroundings: Surroundings): Transition {
  switch (event.kind) {
    case 'goodsEntered':
      return selling.goodsEntered(state, event.goods, surroundings);
    case 'quantitySet':
      return selling.quantitySet(state, event.lineId, event.quantity);
    case 'lineRemoved':
      return selling.lineRemoved(state, event.lineId);
    case 'tenderStarted':
      return selling.tenderStarted(state);
    case 'backToGoods':
      return selling.backToGoods(state);
    case 'saleCancelled':
      return selling.saleCancelled(state, surroundings);
    case 'saleLeft':
      return selling.saleLeft(state, surroundings);
    case 'saleParked':
      return selling.saleParked(state, surroundings);
    case 'saleRecalled':
      return selling.saleRecalled(state, event.saleId);
    case 'walletPartSet':
      return walletPartSet(state, event.amount_fen);
    case 'codeScanned':
      return codeScanned(state, event, surroundings);
    case 'presentAsked':
      return presentAsked(state, event, surroundings);
    case 'cashTaken':
      return cashTaken(state, event, surroundings);
    default:
      return assertNever(event, 'till transition');
  }
}

type CounterEvent = Exclude<TillEvent, PersonEvent | SaleEvent>;

function ofTheCounter(state: TillState, event: CounterEvent, surroundings: Surroundings): Transition {
  switch (event.kind) {
    case 'coreStarted':
      return coreStarted(state, event, surroundings);
    case 'routeObserved':
      return routeObserved(state, event, surroundings);
    case 'gaveUp':
      return giveUp(state, event.attemptId, surroundings);
    case 'payment':
      return drafted(state, (draft) => movePayment(draft, event.attemptId, event.event, surroundings));
    case 'giveBack':
      return drafted(state, (draft) => moveGiveBack(draft, event.giveBackId, event.event, surroundings));
    case 'forwarded':
      return forward(state, event, surroundings);
    case 'shiftOpened':
      return shiftOpened(state, event, surroundings);
    case 'shiftClosed':
      return shiftClosed(state, event, surroundings);
    case 'cashMoved':
      return cashMoved(state, event, surroundings);
    case 'drawerAsked':
      return drawerAsked(state, event, surroundings);
    case 'drawerEnded':
      return drawerEnded(state, event);
    case 'returnOpened':
      return returnOpened(state, event, surroundings);
    case 'giveBackPaid':
      return giveBackPaid(state, event, surroundings);
    case 'giveBackRetried':
      return giveBackRetried(state, event, surroundings);
    case 'giveBackLossSeen':
      return giveBackLossSeen(state, event, surroundings);
    case 'giveBackChecked':
      return giveBackChecked(state, event, surroundings);
    case 'evidenceAsked':
      return evidenceAsked(state, event, surroundings);
    case 'codePrintAsked':
      return codePrintAsked(state, event, surroundings);
    case 'billCompared':
      return billCompared(state, event, surroundings);
    case 'findingSettled':
      return findingSettled(state, event, surroundings);
    case 'batchAnswered':
      return batchAnswered(state, event, surroundings);
    case 'collectStarted':
      return collectStarted(state, event.attemptId);
    case 'writtenOff':
      return writtenOff(state, event, surroundings);
    case 'reportTaken':
    case 'dayClosed':
      return reportTaken(state, event, surroundings);
    case 'restoreConfirmed':
      return restoreConfirmed(state, event, surroundings);
    case 'reportDiffered':
      return reportDiffered(state, event);
    default:
      return assertNever(event, 'till transition');
  }
}

export function transition(state: TillState, event: TillEvent, surroundings: Surroundings): Transition {
  switch (event.kind) {
    case 'installed':
    case 'restored':
    case 'clockStepped':
    case 'signedIn':
    case 'signedOut':
    case 'pinWrong':
    case 'pinCleared':
    case 'locked':
    case 'languageSet':
    case 'reprintAsked':
    case 'printEnded':
      return ofTheTill(state, event);
    case 'goodsEntered':
    case 'quantitySet':
    case 'lineRemoved':
    case 'tenderStarted':
    case 'backToGoods':
    case 'saleCancelled':
    case 'saleLeft':
    case 'saleParked':
    case 'saleRecalled':
    case 'walletPartSet':
    case 'codeScanned':
    case 'presentAsked':
    case 'cashTaken':
      return ofTheSale(state, event, surroundings);
    default:
      return ofTheCounter(state, event, surroundings);
  }
}

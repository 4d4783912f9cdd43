// Everything that can happen to a till, with the facts that only the outside knows (time, randomness, look-ups) already in it.
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { assert } from '../assert.ts';
import type { Report } from '../../../contract/report.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import type { PaymentEvent } from '../payment/event.ts';
import type { PaymentPolicy } from '../payment/policy.ts';
import type { Goods } from '../sale/sale.ts';
import type { CountedPiece, DrawerCause, RestoredGap } from './records.ts';
import type { BatchAnswer, PrintProof, TillState } from './state.ts';

export type TillEvent =
  | { kind: 'installed'; epoch: number }
  /** From a backup: the program that restores says what is lost. */
  | ({ kind: 'restored'; at_ms: number } & RestoredGap)
  | { kind: 'restoreConfirmed'; operatorId: string; reason: string }
  /**
   * `sentIds`: attempts and give-backs whose request was marked sent; `sentDrawerIds`: pulses that may have gone. `clockSetBy_ms`: how far the
   * wall clock was set during the run before. `firstTaken`: the first payment that was opened in that run, by its number; null: none was.
   * Absent: nobody has looked, as in recordings of before it was asked for.
   */
  | {
      kind: 'coreStarted';
      version: string;
      runtime: string;
      sentIds: readonly string[];
      sentDrawerIds: readonly string[];
      clockSetBy_ms?: number;
      firstTaken?: number | null;
    }
  | { kind: 'clockStepped'; by_ms: number }
  | { kind: 'signedIn'; operatorId: string; role: string }
  | { kind: 'signedOut' }
  | { kind: 'pinWrong'; operatorId: string; lockedUntil_ms: number }
  | { kind: 'pinCleared'; operatorId: string }
  | { kind: 'locked' }
  | { kind: 'languageSet'; language: 'zh' | 'en' }
  | { kind: 'goodsEntered'; goods: Goods }
  | { kind: 'quantitySet'; lineId: string; quantity: number }
  | { kind: 'lineRemoved'; lineId: string }
  | { kind: 'tenderStarted' }
  | { kind: 'backToGoods' }
  | { kind: 'saleCancelled' }
  | { kind: 'saleLeft' }
  | { kind: 'saleParked' }
  | { kind: 'saleRecalled'; saleId: string }
  | { kind: 'walletPartSet'; amount_fen: number | null }
  | { kind: 'cashTaken'; received_fen: number; roundDown: boolean }
  | { kind: 'shiftOpened'; operatorId: string; float_fen: number }
  | { kind: 'shiftClosed'; operatorId: string; counted: readonly CountedPiece[] }
  | {
      kind: 'cashMoved';
      direction: 'paidIn' | 'paidOut';
      amount_fen: number;
      reason: string;
      operatorId: string;
      approverId: string | null;
      after?: number;
    }
  /** `after`, here and above: how many there were when it was asked for; absent in recordings of before it was told, and for a technician's pulse. */
  | ({ kind: 'drawerAsked'; cause: DrawerCause; after?: number } & Decided)
  | { kind: 'drawerEnded'; openId: string; outcome: 'opened' | 'failed' | 'unknown'; detail: string }
  | ({
      kind: 'returnOpened';
      saleId: string;
      lines: readonly PiecesBack[];
    } & Decided)
  | { kind: 'giveBack'; giveBackId: string; event: GiveBackEvent }
  | ({ kind: 'giveBackPaid'; giveBackId: string } & Decided)
  /** Another refund in the place of one that failed. */
  | ({ kind: 'giveBackRetried'; giveBackId: string } & Decided)
  | ({ kind: 'giveBackLossSeen'; giveBackId: string } & Decided)
  /** Refused, perhaps because it was back already: somebody has looked, and the customer has it. */
  | ({ kind: 'giveBackChecked'; giveBackId: string } & Decided)
  | { kind: 'collectStarted'; attemptId: string }
  /** `missing_fen`: what was missing of it when it was asked for; absent in recordings of before it was told. */
  | ({ kind: 'writtenOff'; attemptId: string; missing_fen?: number } & Decided)
  | { kind: 'reportTaken'; operatorId: string; at_ms: number }
  /** `zNumber`: the Z that was asked for; absent in recordings of before it was told. */
  | { kind: 'dayClosed'; operatorId: string; at_ms: number; zNumber?: number }
  | { kind: 'reportDiffered'; ours: Report; second: unknown; differences: readonly string[] }
  /**
   * A payment code, already classified. `queuedBefore`: this very code stands in the offline queue. `usedBefore`: that, or another payment
   * has taken it, or may have, within the age of the queue; absent in recordings of before it was asked for.
   */
  | {
      kind: 'codeScanned';
      routeId: string;
      scheme: string;
      codeMask: string;
      codeHmac: string;
      deferrable: boolean;
      queuedBefore: boolean;
      usedBefore?: boolean;
    }
  /** Main scan: a code for what is due. `expiresAt_ms`: its end, wall clock. */
  | { kind: 'presentAsked'; routeId: string; scheme: string; expiresAt_ms: number }
  | { kind: 'gaveUp'; attemptId: string }
  | { kind: 'payment'; attemptId: string; event: PaymentEvent }
  /** The route is up: send the oldest queued attempts, as many as may be in flight. */
  | { kind: 'forwarded'; routeId: string; window: number }
  | {
      kind: 'routeObserved';
      routeId: string;
      online: boolean;
      cause: string | null;
      layer: string | null;
      storeAndForward: boolean | null;
      autoDetect?: boolean;
    }
  | { kind: 'reprintAsked'; receiptId: string; operatorId: string }
  | { kind: 'evidenceAsked'; attemptId: string; operatorId: string }
  | { kind: 'codePrintAsked'; attemptId: string; operatorId: string }
  | { kind: 'billCompared'; comparison: BillComparison; operatorId: string }
  | { kind: 'batchAnswered'; answer: BatchAnswer }
  | ({
      kind: 'findingSettled';
      finding: Pick<
        Adjustment,
        'reconciliationId' | 'index' | 'class' | 'orderNumber' | 'effect_fen' | 'refundNumber'
      >;
      /** The bill itself shows the charge of this order and its return, and keeps nothing of it in any line; or lists the refund, whole. */
      isReturnedThere?: boolean;
      /** The acquirer's office has confirmed that nothing of this payment was kept, nor will be; of a give-back: what became of it. */
      isConfirmed?: boolean;
      /** Of a give-back: the office says that nothing went back by it, nor will. */
      isNotBack?: boolean;
      /** A remark, which ends nothing. */
      isNote?: boolean;
    } & Decided)
  | {
      kind: 'printEnded';
      receiptId: string;
      print: 'printed' | 'sentUnconfirmed' | 'failed';
      problem: string | null;
      /** Without it: the least that `print` and `problem` say. */
      proof?: PrintProof;
    };

/** `returned`: how many of the line whoever chose them saw to be back already; absent: not told. */
export type PiecesBack = { lineId: string; quantity: number; returned?: number | undefined };

/** Who did it, who allowed it (the same person when he may himself), and why. */
export type Decided = { operatorId: string; approverId: string; reason: string };

/** Limits of the offline queue (DESIGN section 5). */
export type OfflineLimits = {
  mode: 'refuse' | 'hold' | 'queue';
  perPayment_fen: number;
  openTotal_fen: number;
  count: number;
};

/** `party`: acquirer and merchant, whose books its payments stand in. Absent in recordings of before it was asked for. */
export type RouteSettings = { policy: PaymentPolicy; offline: OfflineLimits; party?: string };

/** What a transition may read besides the state. `entropy`: 8 random bytes as hex, fresh for this event. */
export type Surroundings = {
  now_ms: number;
  /** `now_ms` when this run of the core began. */
  startedAt_ms: number;
  now_iso: string;
  entropy: string;
  terminalCode: string;
  routes: Readonly<Record<string, RouteSettings>>;
  clockTrusted: boolean;
  cash: { roundDownTo_fen: number; roundDownAlways: boolean };
  /** Hash of the journal's last record. */
  head: string;
};

export function routeOf(surroundings: Surroundings, routeId: string): RouteSettings {
  const route = surroundings.routes[routeId];
  assert(route, `no route ${routeId} is configured`);
  return route;
}

/** The route is there, and its money stands in the same books as then: another merchant or acquirer knows nothing of it. */
export function isSameContract(
  { routes }: Pick<Surroundings, 'routes'>,
  { routeId, party }: { routeId: string; party?: string },
): boolean {
  const route = routes[routeId];
  if (route === undefined) return false;
  return party === undefined || route.party === undefined || party === route.party;
}

/** A route that was never heard of yet is tried. */
export function isRouteUp(state: TillState, routeId: string): boolean {
  return state.routes[routeId]?.online ?? true;
}

/** Up, and the acquirer has not refused this till by name. */
export function isRouteGood(state: TillState, routeId: string): boolean {
  return isRouteUp(state, routeId) && (state.routes[routeId]?.alarm ?? null) === null;
}

/** What the till wants done once the records are on disk. */
export type TillEffect =
  | { kind: 'authorize'; attemptId: string }
  | { kind: 'inquire'; attemptId: string; count: number }
  | { kind: 'reverse'; attemptId: string; count: number }
  | { kind: 'present'; attemptId: string; count: number }
  | { kind: 'closePresented'; attemptId: string; count: number }
  | { kind: 'eraseCode'; attemptId: string }
  | { kind: 'giveBack'; giveBackId: string; count: number }
  | { kind: 'askGiveBack'; giveBackId: string; count: number }
  | { kind: 'openDrawer'; openId: string }
  | { kind: 'print'; receiptId: string; copy: number };

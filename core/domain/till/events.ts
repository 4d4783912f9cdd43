// Everything that can happen to a till, with the facts that only the outside knows (time, randomness, look-ups) already in it.
import type { PaymentEvent } from '../payment/event.ts';
import type { PaymentPolicy } from '../payment/policy.ts';
import type { Goods } from '../sale/sale.ts';

export type TillEvent =
  | { kind: 'installed'; epoch: number }
  | { kind: 'coreStarted'; version: string; runtime: string; sentAttemptIds: readonly string[] }
  | { kind: 'clockStepped'; by_ms: number }
  | { kind: 'signedIn'; operatorId: string; role: string }
  | { kind: 'signedOut' }
  | { kind: 'languageSet'; language: 'zh' | 'en' }
  | { kind: 'goodsEntered'; goods: Goods }
  | { kind: 'quantitySet'; lineId: string; quantity: number }
  | { kind: 'lineRemoved'; lineId: string }
  | { kind: 'tenderStarted' }
  | { kind: 'backToGoods' }
  | { kind: 'saleCancelled' }
  | { kind: 'saleLeft' }
  /** A payment code, already classified. `queuedBefore`: this very code stands in the offline queue. */
  | {
      kind: 'codeScanned';
      routeId: string;
      scheme: string;
      codeMask: string;
      codeHmac: string;
      deferrable: boolean;
      queuedBefore: boolean;
    }
  | { kind: 'gaveUp'; attemptId: string }
  | { kind: 'payment'; attemptId: string; event: PaymentEvent }
  /** The route is up: send the oldest queued attempts, as many as may be in flight. */
  | { kind: 'forwarded'; routeId: string; window: number }
  | {
      kind: 'routeObserved';
      routeId: string;
      online: boolean;
      cause: string | null;
      storeAndForward: boolean | null;
    }
  | { kind: 'reprintAsked'; receiptId: string; operatorId: string }
  | {
      kind: 'printEnded';
      receiptId: string;
      print: 'printed' | 'sentUnconfirmed' | 'failed';
      problem: string | null;
    };

/** Limits of the offline queue (DESIGN section 5). */
export type OfflineLimits = {
  mode: 'refuse' | 'queue';
  perPayment_fen: number;
  openTotal_fen: number;
  count: number;
};

export type RouteSettings = { policy: PaymentPolicy; offline: OfflineLimits };

/** What a transition may read besides the state. `entropy`: 8 random bytes as hex, fresh for this event. */
export type Surroundings = {
  now_ms: number;
  now_iso: string;
  entropy: string;
  terminalCode: string;
  routes: Readonly<Record<string, RouteSettings>>;
  clockTrusted: boolean;
};

/** What the till wants done once the records are on disk. */
export type TillEffect =
  | { kind: 'authorize'; attemptId: string }
  | { kind: 'inquire'; attemptId: string; count: number }
  | { kind: 'reverse'; attemptId: string; count: number }
  | { kind: 'eraseCode'; attemptId: string }
  | { kind: 'print'; receiptId: string; copy: number };

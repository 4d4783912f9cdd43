// What the core asks of an acquirer. Each call posts exactly one event, whatever happens; nothing rejects, nothing is returned.
import type { CodeRule } from '../domain/scan/router.ts';
import type { GiveBackEvent } from '../domain/giveback/machine.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';
import type { ApprovalProof, DeclineReason } from '../domain/payment/state.ts';

export type AuthorizeOrder = {
  orderNumber: string;
  /** Of the attempt, committed before its sending; some acquirers name an order by its number and its time (UnionPay). */
  openedAt_ms: number;
  amount_fen: number;
  code: string;
  /** Set for a payment taken offline; `takenAt` is ISO 8601. */
  deferred: { takenAt: string; tillSequence: number } | null;
  timeout_ms: number;
};

export type OrderReference = {
  orderNumber: string;
  openedAt_ms: number;
  amount_fen: number;
  timeout_ms: number;
  /** A reversal of it may have been carried out: "charged" may then be what was, and no longer is. */
  afterReversal?: true;
  /** Of a main scan: its code may be scanned as long as it lives, so "no such order" and "not paid yet" come out as `processing`. */
  presented?: true;
};

/** Main scan (merchant-presented): our code on a screen, the customer's app scans it. The amount is locked. */
export type PresentedOrder = {
  orderNumber: string;
  openedAt_ms: number;
  amount_fen: number;
  /**
   * When the code ends, wall clock, 2 minutes to 2 hours after the opening; committed before the sending and the same each time. The
   * acquirer counts by its own clock: a code is presented only where the two agree, and never in its last minute (`notSent`).
   */
  expiresAt_ms: number;
  /** Of each call: a closing makes two. */
  timeout_ms: number;
};

export type PresentEvent =
  /** `content`: what the QR code says. `endsAt_ms`: when the acquirer says that it ends; null: it said nothing, so as asked. */
  | { kind: 'presented'; content: string; endsAt_ms: number | null }
  /** A listed code, or nothing was sent for want of a setting: this request made no code, and never will. */
  | { kind: 'refused'; code: string; reason: DeclineReason }
  /** It proves nothing; the same order may be sent again. `saysPaid`: by the acquirer's word there is nothing left to pay. */
  | { kind: 'undecided'; code: string; saysPaid?: true }
  | { kind: 'noAnswer'; cause: string }
  /** No byte of the request has left. */
  | { kind: 'notSent'; cause: string };

export type ClosingEvent =
  /** Proof: nobody is charged for it, and nobody can be. `result`: how that is known. `wentBack`: somebody had paid it, or may have. */
  | { kind: 'closed'; result: string; wentBack?: true }
  /** Proof: the customer was charged, before the closing or at the same moment. It is approved, and nothing went back. */
  | { kind: 'paidMeanwhile'; proof: ApprovalProof }
  /** It may still be paid: close it again. `mayBePaid`: by the acquirer's own answer, so that no clock proves it closed. */
  | { kind: 'closePending'; cause: string; mayBePaid?: true }
  /** It may still be paid, and asking again changes nothing before the code has ended. */
  | { kind: 'closeRefused'; cause: string };

/** `amount_fen` of the payment's `paid_fen`; a void always gives back the whole payment. */
export type GiveBackOrder = {
  method: 'void' | 'refund';
  /** Ours; the acquirer's idempotency key of a refund. */
  requestNumber: string;
  /** Of this give-back, committed before its sending. */
  giveBackOpenedAt_ms: number;
  orderNumber: string;
  /** Of the payment. */
  openedAt_ms: number;
  /** Of the payment, from its proof. */
  acquirerOrderId: string;
  amount_fen: number;
  paid_fen: number;
  timeout_ms: number;
};

/** `cause` null means online. `storeAndForward` null, `autoDetect` absent: the server did not say. */
export type RouteObservation = {
  online: boolean;
  cause: string | null;
  latency_ms: number | null;
  storeAndForward: boolean | null;
  /** It recognises by itself whose code it is. */
  autoDetect?: boolean;
  /** The server's clock less ours, to the second; null when it did not say, or not over verified TLS. */
  clockSkew_ms: number | null;
};

export interface Acquirer {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void;
  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void;
  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void;
  /** Voids or refunds; the same order may be sent again, it is given back once. */
  giveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void;
  /** What became of it: done, refused, processing, notFound (nothing given back yet), inquiryFailed. */
  inquireGiveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void;
  /** Echo, or what the last call showed: the engine polls it when idle. */
  probe(post: (observation: RouteObservation) => void): void;
  /** Resolves when no request is in flight any more. */
  close(): Promise<void>;
}

/**
 * What an acquirer can do besides for a main scan. A presented order is inquired after with `presented`, closed and never reversed, and given
 * back like any other payment.
 */
export interface PresentedOrders {
  /** Makes the order and posts the content of its QR code; the same order may be sent again, and is paid once. */
  present(order: PresentedOrder, post: (event: PresentEvent) => void): void;
  /**
   * Ends the order without ever giving money back, then asks what became of it. A call of its own, beside `reverse`: a reversal gives
   * back what was paid a moment ago, and a customer who has paid wants the goods.
   */
  closePresented(order: PresentedOrder, post: (event: ClosingEvent) => void): void;
}

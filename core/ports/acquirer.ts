// What the core asks of an acquirer. Each call posts exactly one event, whatever happens; nothing rejects, nothing is returned.
import type { CodeRule } from '../domain/scan/router.ts';
import type { GiveBackEvent } from '../domain/giveback/machine.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';

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
};

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

/** `cause` null means online. `storeAndForward` null: the server did not say. */
export type RouteObservation = {
  online: boolean;
  cause: string | null;
  latency_ms: number | null;
  storeAndForward: boolean | null;
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

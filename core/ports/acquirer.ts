// What the core asks of an acquirer. Each call posts exactly one event, whatever happens; nothing rejects, nothing is returned.
import type { CodeRule } from '../domain/scan/router.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';

export type AuthorizeOrder = {
  orderNumber: string;
  amount_fen: number;
  code: string;
  /** Set for a payment taken offline; `takenAt` is ISO 8601. */
  deferred: { takenAt: string; tillSequence: number } | null;
  timeout_ms: number;
};

export type OrderReference = { orderNumber: string; amount_fen: number; timeout_ms: number };

/** `cause` null means online. `storeAndForward` null: the server did not say. */
export type RouteObservation = {
  online: boolean;
  cause: string | null;
  latency_ms: number | null;
  storeAndForward: boolean | null;
};

export interface Acquirer {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void;
  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void;
  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void;
  /** Echo, or what the last call showed: the engine polls it when idle. */
  probe(post: (observation: RouteObservation) => void): void;
  /** Resolves when no request is in flight any more. */
  close(): Promise<void>;
}

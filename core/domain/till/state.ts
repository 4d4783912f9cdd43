// The till's durable state: the fold of the journal. Only what is still alive is kept in memory; the rest stays on disk.
import type { PaymentMachine } from '../payment/state.ts';
import type { Sale } from '../sale/sale.ts';

/** One step of a payment's own story, for the screen and for whoever asks later. */
export type StoryStep = { at_ms: number; what: string; count?: number; detail?: string };

/** An attempt: one order number, committed before sending, never reused. `takenAt` is ISO 8601. */
export type Attempt = {
  attemptId: string;
  saleId: string;
  orderNumber: string;
  routeId: string;
  scheme: string;
  amount_fen: number;
  codeMask: string;
  /** Keyed HMAC of the payment code: tells the same code again, tells nothing else. */
  codeHmac: string;
  takenAt: string;
  tillSequence: number;
  openedAt_ms: number;
  machine: PaymentMachine;
  /** True once the goods left without an answer; stays true whatever follows. */
  wasDeferred: boolean;
  acquirerCode: string | null;
  story: StoryStep[];
};

/** What a route's own server said of itself, last time it answered. */
export type RouteFacts = {
  online: boolean;
  cause: string | null;
  storeAndForward: boolean;
  alarm: string | null;
};

export type Receipt = {
  receiptId: string;
  number: string;
  saleId: string;
  /** How many marked reprints were asked for. */
  reprints: number;
  print: 'pending' | 'printed' | 'sentUnconfirmed' | 'failed';
  problem: string | null;
};

export type TillState = {
  /** Raised by an installation or a restore; part of every order number. */
  epoch: number;
  counters: { sale: number; attempt: number; receipt: number; line: number };
  language: 'zh' | 'en';
  operatorId: string | null;
  currentSaleId: string | null;
  sales: Record<string, Sale>;
  attempts: Record<string, Attempt>;
  receipts: Record<string, Receipt>;
  lastReceiptId: string | null;
  routes: Record<string, RouteFacts>;
  exceptionCount: number;
};

export const emptyTill: TillState = {
  epoch: 0,
  counters: { sale: 0, attempt: 0, receipt: 0, line: 0 },
  language: 'zh',
  operatorId: null,
  currentSaleId: null,
  sales: {},
  attempts: {},
  receipts: {},
  lastReceiptId: null,
  routes: {},
  exceptionCount: 0,
};

// The batches of gateways whose day is over, as the manager's screen has them.
import type { ErrorCode } from './errors.ts';

/** `net_fen`: payments less voids and refunds. */
export type BatchSide = { paymentCount: number; net_fen: number };

/** `at_ms`: when the till heard of it. `settledAt_ms`: by the acquirer's clock. */
export type BatchSettledView = { routeId: string; terminalCode: string; batchNo: string; at_ms: number } & (
  | { state: 'agreed'; settledAt_ms: number; till: BatchSide }
  | { state: 'differs'; differenceCount: number; till: BatchSide; acquirer: BatchSide }
);

/**
 * Why a batch is not settled yet. `unproven`: something of it has no result; `moved`: the books changed while it was asked about;
 * `unread`: the till can't read what it needs for it.
 */
export type BatchWait = 'noAnswer' | 'damaged' | 'refused' | 'unproven' | 'moved' | 'unread';

/** `batchNo` null: nobody knows which. `since_ms`: when the next batch began; null with `batchNo`. */
export type BatchWaitingView = {
  state: 'waiting';
  routeId: string;
  batchNo: string | null;
  since_ms: number | null;
  why: BatchWait;
  cause: string;
};

/** Newest first, those that differ before the others. `code`: what the manager has to know of; null: nothing. */
export type BatchesView = {
  settled: BatchSettledView[];
  waiting: BatchWaitingView[];
  code: Extract<ErrorCode, 'E-BATCH-01' | 'E-BATCH-02'> | null;
};

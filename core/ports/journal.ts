// What the engine needs of the disk: one commit that holds records, projections and outbox together, and reads to start from.
import type { GiveBack } from '../domain/giveback/give-back.ts';
import type { DocumentKind, TillDocument } from '../domain/till/documents.ts';
import type { TillRecord } from '../domain/till/records.ts';
import type { Attempt, Receipt, TillState } from '../domain/till/state.ts';
import type { Sale } from '../domain/sale/sale.ts';

/** Delivery classes of the outbox (DESIGN section 3): what may happen to a row after a crash. */
export type DeliveryClass = 'once' | 'keyed' | 'repeatable' | 'mark-copy' | 'at-most-once';

export type OutboxKind =
  | 'authorize'
  | 'inquire'
  | 'reverse'
  | 'present'
  | 'closePresented'
  | 'giveBack'
  | 'askGiveBack'
  | 'openDrawer'
  | 'print';

/** `reference` is the attempt, the give-back, the drawer's opening or the receipt; `count` the inquiry, reversal or copy number. Never a code, never a body. */
export type OutboxRow = {
  rowId: number;
  kind: OutboxKind;
  deliveryClass: DeliveryClass;
  reference: string;
  count: number;
  state: 'pending' | 'sent';
};

/** `state`: 'sent' when this very commit is the mark (forwarding); else 'pending'. */
export type NewOutboxRow = Pick<OutboxRow, 'kind' | 'deliveryClass' | 'reference' | 'count'> & {
  state?: 'sent';
};

/** Ciphertext of a queued payment code (AES-256-GCM); never leaves its own table. */
export type SealedCode = { attemptId: string; keyId: string; nonce: Uint8Array; box: Uint8Array };

export type Commit = {
  at: string;
  records: readonly TillRecord[];
  /** State after the records; only the named entities are written. */
  state: TillState;
  saleIds: ReadonlySet<string>;
  attemptIds: ReadonlySet<string>;
  receiptIds: ReadonlySet<string>;
  giveBackIds: ReadonlySet<string>;
  closeRowIds: readonly number[];
  /** All open rows of these attempts are closed: their state has moved on. */
  closeReferences: readonly string[];
  newRows: readonly NewOutboxRow[];
  sealedCodes: readonly SealedCode[];
  eraseCodes: readonly string[];
};

export type JournalHead = { sequence: number; hash: string };

export type ExceptionRow = {
  attemptId: string;
  orderNumber: string;
  saleId: string;
  receiptNumber: string | null;
  amount_fen: number;
  reason: string;
  acquirerCode: string | null;
  at_ms: number;
};

/**
 * Which sold sales: null means any. `sum_fen`: the whole, before or after 抹零, or what one payment of it or its cash was for. `wallet`: the
 * scheme of a payment of it, or CASH; of payments that took money or yet may. `before`: only older ones than this receipt number.
 */
export type SoldQuery = {
  from_ms: number | null;
  to_ms: number | null;
  sum_fen: number | null;
  wallet: string | null;
  before: string | null;
  limit: number;
};

/** `besides`: this attempt's own use of it is not asked about. */
export type CodeUseQuery = { codeHmac: string; since_ms: number; besides?: string };

/**
 * Whether a payment code is spent. `queuedBefore`: an unproven deferred attempt carries it. `usedBefore`: such a one, or one that was opened
 * since then and has been sent, or may yet be.
 */
export type CodeUse = { queuedBefore: boolean; usedBefore: boolean };

/** One record of the journal as it stands there: what a second reader may check. `body` is JSON text. */
export type JournalLine = { sequence: number; at: string; type: string; body: string; hash: string };

export interface Store {
  head(): JournalHead;
  /** The newest wall time in the journal, ISO 8601 in UTC; null when it is empty. */
  newestAt(): string | null;
  /** How far the wall clock was set during the newest run, by what that run has noticed; reads all of its records. */
  clockSetBy_ms(): number;
  /** How often the wall clock was set, by so many of the newest records. */
  clockStepsAmong(records: number): number;
  /** `tillSequence` of the first payment that was opened during the newest run; null: none was. */
  firstTaken(): number | null;
  /** By what this journal's papers are told from those of another till that have the same id: eight digits and capitals. */
  paperTag(paperId: string): string;
  /** The state as far as it is alive: counters, the current sale, unproven attempts and what belongs to them. */
  load(): TillState;
  loadAttempt(attemptId: string): Attempt | null;
  /**
   * Newest first: whose order number it is, or who holds this text: of all approved ones as the end of an acquirer's number, of the
   * newest few thousand anywhere.
   */
  attemptsNaming(text: string): Attempt[];
  /** Sold sales, newest first. */
  soldSaleIds(query: SoldQuery): string[];
  loadSale(saleId: string): Sale | null;
  loadReceipt(receiptId: string): Receipt | null;
  loadGiveBack(giveBackId: string): GiveBack | null;
  /** All of a sale's give-backs, oldest first. */
  giveBacksOf(saleId: string): GiveBack[];
  loadDocument(documentId: string): TillDocument | null;
  /** Newest first, at most `limit`. */
  documents(kinds: readonly DocumentKind[], limit: number): TillDocument[];
  /** Newest first: all of this kind, of any age, whose content holds this text. */
  documentsNaming(kind: DocumentKind, text: string): TillDocument[];
  /** The sale that this printed number belongs to. */
  saleByReceiptNumber(number: string): Sale | null;
  /** Whether the hash of one of the newest `among` records begins so. */
  hasHash(beginning: string, among: number): boolean;
  /** Records after this one, oldest first, at most `limit`: no reader stays open across a commit. */
  journalAfter(sequence: number, limit: number): JournalLine[];
  /** All of it in one synchronous SQL transaction, exactly one sync. Throws only when the disk fails. */
  commit(commit: Commit): JournalHead;
  /** Marks rows sent, in one commit, before any byte leaves. */
  markSent(rowIds: readonly number[]): void;
  openRows(): readonly OutboxRow[];
  sealedCode(attemptId: string): SealedCode | null;
  codeUse(query: CodeUseQuery): CodeUse;
  exceptions(): ExceptionRow[];
  close(): void;
}

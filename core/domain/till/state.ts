// The till's durable state: the fold of the journal. Only what is still alive is kept in memory; the rest stays on disk.
import type { GiveBack } from '../giveback/give-back.ts';
import type { PaymentMachine } from '../payment/state.ts';
import { emptyPeriod, type Period } from '../report/period.ts';
import type { Sale } from '../sale/sale.ts';
import type { StoryStep } from '../story-step.ts';

/** Of a payment that was lost, so much. */
export type LostPart = { attemptId: string; amount_fen: number };

/** An attempt: one order number, committed before sending, never reused. `takenAt` is ISO 8601. */
export type Attempt = {
  attemptId: string;
  saleId: string;
  orderNumber: string;
  routeId: string;
  /** The route's party when it was opened, or forwarded. Absent in records of before it was told. */
  party?: string;
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
  /** Main scan: our code ends then, wall clock. It has no code of the customer's: `codeMask` and `codeHmac` are empty. */
  presented?: { expiresAt_ms: number };
  /** Opened after its goods had left: it pays anew what an exception stands for. */
  collects?: true;
  /** What that was, by the payment that was lost, the oldest first. Absent in records of before it was told. */
  inPlaceOf?: LostPart[];
  /** Of its amount, what is written off. Absent where nothing was, and where the record of it did not tell how much. */
  writtenOff_fen?: number;
  acquirerCode: string | null;
  /** The period it was opened in. */
  zNumber: number;
  /** Proven back with the customer, in the wallet or in cash. */
  givenBack_fen: number;
  /** Promised and not proven: counts against the cap like money given. */
  givingBack_fen: number;
  /** Of its amount, what never paid for this sale and goes back. */
  surplus_fen: number;
  story: StoryStep[];
};

/** What a route's own server said of itself, last time it answered. */
export type RouteFacts = {
  online: boolean;
  cause: string | null;
  /** The lowest network layer that fails; null when online or not known. */
  layer: string | null;
  storeAndForward: boolean;
  /** It recognises by itself whose code it is. */
  autoDetect?: true;
  /** By which code it refuses this till as it is set up. */
  alarm: string | null;
  /**
   * Of the queue one payment at a time tries whether it takes any: the alarm was up at a start, or it is about one order alone, and nothing
   * was approved since.
   */
  onTrial?: true;
};

/** What a paper is about; the sale's receipt is the customer's, the others are the shop's slips. */
export type PaperKind =
  | 'sale'
  | 'return'
  | 'giveBack'
  | 'cashMove'
  | 'shift'
  | 'x'
  | 'z'
  | 'evidence'
  | 'code'
  | 'reconciliation';

/**
 * How we know what became of a paper (docs/printing.md). `nothing`: none of it was sent. `half`: perhaps a part is out, and
 * no more will come. `held`: perhaps a part, and the printer has the rest. `notDrawn`: none of it was sent, nor will be by itself: this program
 * can't draw it.
 */
export type PrintProof =
  | 'processId'
  | 'orderedStatus'
  | 'sentOnly'
  | 'nothing'
  | 'half'
  | 'held'
  | 'notDrawn';

export type Receipt = {
  receiptId: string;
  number: string;
  kind: PaperKind;
  /** The sale, return, give-back, cash move, shift, report, evidence, code or compared bill that it is drawn from. */
  subject: string;
  saleId: string | null;
  /** How many marked reprints were asked for. */
  reprints: number;
  print: 'pending' | 'printed' | 'sentUnconfirmed' | 'failed';
  /** What stopped the printer, when it did. */
  problem: string | null;
  /** Null: not ended yet. */
  proof: PrintProof | null;
};

/** The drawer's money between two counts. Expected = float + sales - refunds + paid in - paid out. */
export type Shift = {
  shiftId: string;
  number: string;
  operatorId: string;
  openedAt_ms: number;
  float_fen: number;
  sales_fen: number;
  refunds_fen: number;
  paidIn_fen: number;
  paidOut_fen: number;
};

/** A deferred payment that ended without money: open until collected again, written off, or the goods came back. */
export type OpenException = {
  attemptId: string;
  orderNumber: string;
  saleId: string;
  amount_fen: number;
  reason: string;
  acquirerCode: string | null;
  at_ms: number;
  zNumber: number;
};

/** Payments, voids and refunds of one batch, as one side has them. */
export type BatchFigures = {
  paymentCount: number;
  payment_fen: number;
  voidCount: number;
  void_fen: number;
  refundCount: number;
  refund_fen: number;
};

/** What the acquirer of a gateway answers to the totals of a batch. `settledAt_ms`: by its clock, when they first agreed; null: they differ. */
export type BatchAnswer = {
  routeId: string;
  /** A number of a batch is told apart on its terminal only. */
  terminalCode: string;
  /** What the till's own numbers begin with, where the acquirer knows the terminal by another. */
  tillCode?: string;
  batchNo: string;
  outcome: 'agreed' | 'differs';
  settledAt_ms: number | null;
  till: BatchFigures;
  acquirer: BatchFigures;
  /** Item by item; 0 where the totals agree. */
  differenceCount: number;
};

/** `at_ms`: when the till heard of it. */
export type SettledBatch = BatchAnswer & { at_ms: number };

export type Counters = {
  sale: number;
  attempt: number;
  receipt: number;
  line: number;
  return: number;
  giveBack: number;
  cashMove: number;
  drawer: number;
  shift: number;
  x: number;
};

/** A restore from a backup: quarantine until a manager confirms it; then it stands on the reports until the next Z. */
export type Restored = {
  epoch: number;
  /** The backup's last record. */
  sequence: number;
  /** The last record that was written, by the damaged directory's own head file; null when it said nothing. */
  lostSequence: number | null;
  at_ms: number;
  /** Every open item was asked about since; nothing was sent before that. */
  isAsked: boolean;
  confirmed: { operatorId: string; reason: string; at_ms: number } | null;
};

export type TillState = {
  /** Raised by an installation or a restore; part of every order number. */
  epoch: number;
  counters: Counters;
  /** Records so far = the sequence of the last one. */
  sequence: number;
  language: 'zh' | 'en';
  operatorId: string | null;
  isLocked: boolean;
  /** Wrong PINs in a row, by operator; survives a restart. */
  pins: Record<string, { wrong: number; lockedUntil_ms: number }>;
  currentSaleId: string | null;
  parkedSaleIds: string[];
  shift: Shift | null;
  drawer: { openId: string; outcome: 'opening' | 'opened' | 'failed' | 'unknown' } | null;
  sales: Record<string, Sale>;
  attempts: Record<string, Attempt>;
  receipts: Record<string, Receipt>;
  giveBacks: Record<string, GiveBack>;
  /** Of the sale that was last on the counter, of those that have one. */
  lastReceiptId: string | null;
  routes: Record<string, RouteFacts>;
  exceptions: Record<string, OpenException>;
  /** Deferred payments resolved and lost (declined, expired), by Shanghai date; the last 90 days. */
  deferredDays: Record<string, { resolved: number; lost: number }>;
  /** Everything since the last Z, and the totals that are never reset. */
  period: Period;
  grand: { sales_fen: number; returns_fen: number };
  /** Absent on a till that was never restored, or not since the last Z. */
  restored?: Restored;
  /** Which rules X and Z are made by, as the last start said. Absent in a journal of before it was told: 1. */
  reportRules?: number;
  /** The last of the gateways' settled batches; absent on a till that never settled one. */
  batches?: SettledBatch[];
};

const noCounts: Counters = {
  sale: 0,
  attempt: 0,
  receipt: 0,
  line: 0,
  return: 0,
  giveBack: 0,
  cashMove: 0,
  drawer: 0,
  shift: 0,
  x: 0,
};

export const emptyTill: TillState = {
  epoch: 0,
  counters: noCounts,
  sequence: 0,
  language: 'zh',
  operatorId: null,
  isLocked: false,
  pins: {},
  currentSaleId: null,
  parkedSaleIds: [],
  shift: null,
  drawer: null,
  sales: {},
  attempts: {},
  receipts: {},
  giveBacks: {},
  lastReceiptId: null,
  routes: {},
  exceptions: {},
  deferredDays: {},
  period: emptyPeriod(1, 1),
  grand: { sales_fen: 0, returns_fen: 0 },
};

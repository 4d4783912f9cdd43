// What a screen shows: the whole of it, after each commit. Types only; nothing here is ever sent back to the core.
import type { Role } from './commands.ts';
import type { ErrorCode } from './errors.ts';

export type Language = 'zh' | 'en';

export type PaymentStateKind =
  | 'presenting'
  | 'held'
  | 'queued'
  | 'authorizing'
  | 'awaitingCustomer'
  | 'unknown'
  | 'inquiring'
  | 'approved'
  | 'declined'
  | 'notSent'
  | 'expiredUnsent'
  | 'reversing'
  | 'reversed'
  | 'voiding'
  | 'voided'
  | 'settled'
  | 'disputed';

export type SaleState = 'open' | 'tendering' | 'completed' | 'completedPending' | 'cancelled';

export type LineView = {
  lineId: string;
  barcode: string;
  name_zh: string;
  name_en: string;
  unit: string;
  quantity: number;
  unitPrice_fen: number;
  amount_fen: number;
};

/** One step of a payment's own story, oldest first, in words the screen translates by `what`. */
export type StoryStep = {
  at_ms: number;
  what:
    | 'opened'
    | 'sent'
    | 'queued'
    | 'noAnswer'
    | 'notSent'
    | 'awaitingCustomer'
    | 'inquired'
    | 'stillUnknown'
    | 'notFound'
    | 'approved'
    | 'declined'
    | 'expired'
    | 'reversalSent'
    | 'reversalPending'
    | 'reversed'
    | 'lateApproval'
    | 'restarted'
    | 'disputed'
    | 'gaveUp';
  /** The inquiry's or reversal's count, where there is one. */
  count?: number;
  /** The acquirer's own code or the cause of a failure, for the record and the telephone. */
  detail?: string;
};

export type PaymentView = {
  attemptId: string;
  orderNumber: string;
  /** Scheme id of the route's classifier: WECHAT, ALIPAY, UNIONPAY, ECNY, BESTPAY, JD, UNKNOWN. */
  scheme: string;
  amount_fen: number;
  codeMask: string;
  state: PaymentStateKind;
  /** True while the outcome is neither paid, not charged nor given back. */
  unproven: boolean;
  deferred: boolean;
  since_ms: number;
  /** When the core will do its next step by itself (inquire, give up, reverse again), else null. */
  nextStepAt_ms: number | null;
  inquiries: number;
  reversals: number;
  /** Why it was declined, not sent, or is in doubt; null where all is well. */
  reason: ErrorCode | null;
  /** The acquirer's own code behind `reason`. */
  acquirerCode: string | null;
  /** The cashier may give the payment up (it is then reversed). */
  canGiveUp: boolean;
  /** From when on `canGiveUp` can become true, for the countdown on the key; null when never. */
  giveUpFrom_ms: number | null;
  story: StoryStep[];
};

export type SaleView = {
  saleId: string;
  state: SaleState;
  lines: LineView[];
  /** The line scanned or changed last, highlighted on screen. */
  lastLineId: string | null;
  itemCount: number;
  total_fen: number;
  /** What is still to be paid: total - approved - queued. */
  due_fen: number;
  receiptNumber: string | null;
  receiptId: string | null;
  /** Oldest first. The last one is the one the cashier works on. */
  payments: PaymentView[];
  canTender: boolean;
  canCancel: boolean;
  canGoBack: boolean;
};

/** A message for the cashier: heard (by its tone) and seen until dismissed or replaced. */
export type NoticeView = {
  noticeId: string;
  code: ErrorCode;
  tone: 'good' | 'bad' | 'attention';
  /** Printable, bounded, control characters made visible: what was scanned, say. */
  detail: string;
  at_ms: number;
};

export type DeviceView = {
  id: string;
  state: 'ready' | 'attention' | 'down' | 'starting';
  reason: ErrorCode | null;
  detail: string;
};

export type RouteView = {
  id: string;
  state: 'online' | 'offline' | 'starting' | 'broken';
  /** Cause in the adapter's words: connect refused, DNS, TLS, time-out, ... */
  cause: string | null;
  latency_ms: number | null;
  offlineMode: 'refuse' | 'hold' | 'queue';
  /** True when a queued payment would be taken now if the line is down. */
  queueOpen: boolean;
};

/** Money at risk in the queue: taken, goods gone, not yet authorized. */
export type ExposureView = { count: number; total_fen: number; oldest_ms: number | null; room_fen: number };

export type PrintView = {
  state: 'none' | 'printing' | 'printed' | 'sentUnconfirmed' | 'failed';
  reason: ErrorCode | null;
  receiptId: string | null;
};

export type ExceptionView = {
  attemptId: string;
  orderNumber: string;
  saleId: string;
  receiptNumber: string | null;
  amount_fen: number;
  reason: ErrorCode;
  acquirerCode: string | null;
  at_ms: number;
};

export type Snapshot = {
  /** Journal sequence of the state shown; never goes back within one core. */
  sequence: number;
  now_ms: number;
  /** Set when the till refuses to sell (journal not to be opened, tail lost, ...): then only this is shown. */
  refusal: { code: ErrorCode; detail: string } | null;
  store: { name_zh: string; name_en: string; terminalCode: string };
  /** Pixels in a millimetre of this till's screen: keys have the size of a finger, not of a pixel. */
  pxPerMm: number;
  language: Language;
  operators: { id: string; name: string; role: Role }[];
  operator: { id: string; name: string; role: Role } | null;
  sale: SaleView | null;
  /** Unproven payments of earlier sales that the core is still resolving (reversals in the background, say). */
  resolving: PaymentView[];
  notice: NoticeView | null;
  print: PrintView;
  routes: RouteView[];
  printers: DeviceView[];
  scanners: DeviceView[];
  exposure: ExposureView;
  exceptionCount: number;
  journal: { sequence: number; shortHash: string };
};

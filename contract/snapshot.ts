// What a screen shows: the whole of it, after each commit. Types only; nothing here is ever sent back to the core.
import type { BatchesView } from './batches.ts';
import type { Role } from './commands.ts';
import type { DiagnosisView } from './diagnostics.ts';
import type { PaymentsFound, StoryStep } from './evidence.ts';
import type { ErrorCode } from './errors.ts';
import type { ComparingView } from './reconciliation.ts';
import type { Report } from './report.ts';

export type Language = 'zh' | 'en';

export type PaymentStateKind =
  | 'presenting'
  | 'closing'
  | 'closed'
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

export type SaleState =
  | 'open'
  | 'tendering'
  | 'parked'
  | 'completed'
  | 'completedPending'
  | 'cancelling'
  | 'cancelled'
  | 'returned';

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
  /** Main scan: what the QR code on the screens says, while it may be scanned. `isScanned`: somebody is paying, by the acquirer's last word. */
  code: { content: string; endsAt_ms: number; isScanned: boolean } | null;
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
  /** Of money that never came, and that a manager has given up. */
  writtenOff_fen: number;
  receiptNumber: string | null;
  receiptId: string | null;
  /** Oldest first. The cashier works on the newest that is in doubt, else on the last one. */
  payments: PaymentView[];
  /** What the next payment code will be asked for, when it is not all that is due. */
  walletPart_fen: number | null;
  cash: CashView | null;
  /** 抹零 that cash would allow now: 0 when there is nothing to round off. */
  roundDown_fen: number;
  /** 抹零 is taken off cash without being asked for. */
  roundDownAlways: boolean;
  /** Void or refunds of a sale that is being dropped, or of its returns, oldest first. */
  giveBacks: GiveBackView[];
  /** A deferred payment of it ended without money and is now being collected again. */
  isCollecting: boolean;
  canTender: boolean;
  /** `sale.cancel`: drops it; money already taken is given back first (`cancelling`). */
  canCancel: boolean;
  canGoBack: boolean;
  canPark: boolean;
  /** Cash may be taken now; a payment in doubt is then reversed first. */
  canPayCash: boolean;
};

/** `amount_fen`: what stays in the drawer = due - rounding. */
export type CashView = { received_fen: number; amount_fen: number; rounding_fen: number; change_fen: number };

export type ParkedView = {
  saleId: string;
  itemCount: number;
  total_fen: number;
  /** Already paid of it, or in doubt. */
  covered_fen: number;
  hasUnproven: boolean;
  firstName_zh: string;
  firstName_en: string;
  openedAt_ms: number;
};

export type GiveBackView = {
  giveBackId: string;
  requestNumber: string;
  /** Of the payment that it gives back. */
  orderNumber: string;
  method: 'void' | 'refund';
  saleId: string;
  receiptNumber: string | null;
  scheme: string;
  amount_fen: number;
  state: 'requested' | 'sending' | 'pending' | 'unknown' | 'inquiring' | 'done' | 'failed';
  unproven: boolean;
  openedAt_ms: number;
  nextStepAt_ms: number | null;
  inquiries: number;
  /** Why it failed or is open: an error code for the person at the till. */
  reason: ErrorCode | null;
  acquirerCode: string | null;
  paidInCash: boolean;
  /** Another refund may be sent in its place (`giveBack.retry`). */
  canRetry: boolean;
  /** It was sent and has no result: the acquirer's office may say what became of it (`office.confirm`). */
  hearsOffice: boolean;
  /** The customer has it twice, and nobody has looked into it (`giveBack.seeLoss`). */
  isTwice: boolean;
};

/** What a command names that must not be done twice when its answer was lost (`after`, `zNumber`): cash slips, openings of the drawer, the next Z. */
export type Counts = { cashMoves: number; drawerOpens: number; zNumber: number };
/** The newest slip of cash paid in or out. */
export type CashMoveView = {
  number: string;
  direction: 'paidIn' | 'paidOut';
  amount_fen: number;
  reason: string;
};

export type ShiftView = { number: string; openedAt_ms: number; operatorId: string };

/** A sold sale, found by its receipt: what can still be returned of it and where the money goes. */
export type SaleFound = {
  saleId: string;
  receiptId: string;
  receiptNumber: string;
  state: SaleState;
  completedAt_ms: number;
  total_fen: number;
  /** `paid_fen`: after 抹零, for the whole quantity. `back_fen[k-1]`: what returning k more pieces gives back. */
  lines: {
    lineId: string;
    name_zh: string;
    name_en: string;
    unit: string;
    quantity: number;
    returned: number;
    unitPrice_fen: number;
    paid_fen: number;
    back_fen: number[];
  }[];
  /** In the order in which money goes back: wallets, then cash. `tender`: the attempt's id, or `cash`. `left_fen`: the cap. */
  tenders: { tender: string; scheme: string | null; amount_fen: number; left_fen: number }[];
  returnedBefore_fen: number;
  giveBacks: GiveBackView[];
  /** Why nothing can be returned now, or null. */
  refusal: ErrorCode | null;
  /** Nothing says that the receipt is of this till: whoever returns its goods compares it with `paper` first. */
  isUnsure: boolean;
  /** What the receipt of this sale says of its till and its total. */
  paper: { terminalCode: string; total_fen: number };
};

/**
 * What goods that come back give, by the core's own reckoning: `worth_fen` is what they were sold for, `unpaid_fen` what nobody has paid of
 * that and nobody gets back; of it `doubt_fen` may have been charged, by payments without a result: that goes back by itself.
 * `wasReversed`: the acquirer has undone a payment of the sale, so that the rest is not called never paid: if charged, it has gone back.
 * `giveBackId`: only of what was recorded.
 */
export type ReturnMoney = {
  worth_fen: number;
  unpaid_fen: number;
  doubt_fen: number;
  wasReversed: boolean;
  cash_fen: number;
  wallets: { attemptId: string; scheme: string; amount_fen: number; giveBackId: string | null }[];
};
/** Answer of return.preview. */
export type ReturnPreview = { refusal: ErrorCode } | { refusal: null; money: ReturnMoney };

/** A sold sale in a list. `scheme` null: cash. `orderNumber`: of its newest payment that pays for it; null: all in cash. */
export type SoldRow = {
  saleId: string;
  receiptNumber: string;
  completedAt_ms: number;
  total_fen: number;
  state: SaleState;
  tenders: { scheme: string | null; amount_fen: number }[];
  orderNumber: string | null;
};
/** Answer of sales.browse: at most `SOLD_rows`. */
export type SoldFound = { rows: SoldRow[]; hasMore: boolean };
export const SOLD_rows = 8;

export type ReportRow = { reportId: string; kind: 'x' | 'z'; number: string; at_ms: number; net_fen: number };
/** `report` is contract/report.ts `Report`; `rows` the paper as text lines. */
export type ReportFound = { reportId: string; kind: 'x' | 'z'; number: string; report: Report };

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
  /** The wallets that it takes, by their names in the rules. */
  schemes: readonly string[];
  /** Main scan: whose app scans a code of this route's; null: it shows none. */
  presents: string | null;
  state: 'online' | 'offline' | 'starting' | 'broken';
  /** Cause in the adapter's words: connect refused, DNS, TLS, time-out, ... */
  cause: string | null;
  latency_ms: number | null;
  offlineMode: 'refuse' | 'hold' | 'queue';
  /** True when a queued payment would be taken now if the line is down. */
  queueOpen: boolean;
  /** The layer that fails, lowest first: no cable, no way out, no name, no connection, no TLS, no valid echo. */
  layer: 'link' | 'gateway' | 'dns' | 'tcp' | 'tls' | 'echo' | null;
};

/** Money at risk in the queue: taken, goods gone, not yet authorized. */
export type ExposureView = {
  count: number;
  total_fen: number;
  oldest_ms: number | null;
  room_fen: number;
  /** Open money x the declined share of the last 90 days; all of it below 20 resolved items. */
  expectedLoss_fen: number;
};

export type PrintView = {
  state: 'none' | 'printing' | 'printed' | 'sentUnconfirmed' | 'failed';
  reason: ErrorCode | null;
  /** What stopped the printer, where `reason` says what that means for the paper. */
  cause: ErrorCode | null;
  /**
   * How we know (docs/printing.md); null while nothing has ended. `nothing`: none of it was sent. `half`: perhaps a part
   * is out, and no more will come. `held`: perhaps a part, and the printer has the rest. `notDrawn`: none of it, and it does not come by itself.
   */
  proof: 'processId' | 'orderedStatus' | 'sentOnly' | 'nothing' | 'half' | 'held' | 'notDrawn' | null;
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

/** A payment without a result that the word of the acquirer's office would end (`office.confirm`). */
export type UndecidedView = {
  attemptId: string;
  orderNumber: string;
  receiptNumber: string | null;
  scheme: string;
  amount_fen: number;
  state: PaymentStateKind;
  reason: ErrorCode | null;
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
  /** Null: no shift is open, nothing can be sold. */
  shift: ShiftView | null;
  counts: Counts;
  /** Null: none yet, or none since a restore. */
  lastCashMove: CashMoveView | null;
  parked: ParkedView[];
  /** Give-backs without proof, and failed ones that nobody has paid out yet. */
  giveBacks: GiveBackView[];
  /** A receipt was scanned outside a sale: the sale it belongs to. */
  found: SaleFound | null;
  /** A customer says that he has paid: the payments that he may mean. */
  asked: PaymentsFound | null;
  /** The last pulse to the drawer. `unknown`: lost in a crash, not repeated: 打开钱箱 is offered. */
  drawer: 'none' | 'opening' | 'opened' | 'failed' | 'unknown';
  /** Seconds without a touch or a scan after which the till locks itself. */
  lockAfter_s: number;
  /** The till locked itself: the sign-in screen says so. */
  isLocked: boolean;
  /** Notes and coins for the blind count, largest first. */
  denominations_fen: readonly number[];
  businessDate: string | null;
  /** What a scanner in keyboard mode may do on this page: goods at most. */
  wedge: { goods: boolean };
  /** Restored from a backup and not confirmed yet: quarantine. `lostSequence`: the last record known to be written before. */
  restored?: { at_ms: number; sequence: number; lostSequence: number | null };
  /** The wall clock was set, or the machine slept: until the core starts anew its dates are so far off. Absent where they are right. */
  clockSetBy_ms?: number;
  /** Why the last backup failed, for managers and technicians; absent when it did not. */
  backupFault?: { code: ErrorCode; detail: string; at_ms: number };
  /** Batches of gateways, for managers; absent on a till that has none. */
  batches?: BatchesView;
  /** The last comparison with a bill, for managers. */
  comparing: ComparingView;
  /** Only for those who may examine the till. */
  diagnosis: DiagnosisView | null;
  journal: { sequence: number; shortHash: string };
};

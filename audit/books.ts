// What the records so far leave behind: the open period's sums, and every sale, payment and give-back that later ones refer to.
import { CHAIN_START } from './chain.ts';
import { newPeriod, type Period } from './period.ts';
import type { AttemptBody, GiveBackBody, PaymentKind } from './record-shapes.ts';
import type { Report } from './report.ts';

export type SaleLine = { price_fen: number; tax_bp: number; quantity: number };

/** A line that was sold, and how much of it has not come back yet. */
export type SoldLine = {
  price_fen: number;
  tax_bp: number;
  quantity: number;
  gross_fen: number;
  rounding_fen: number;
  tax_fen: number;
};

export type SaleEntry = {
  saleId: string;
  openedAt_ms: number;
  /** Number of the Z that closes the period it was opened in. */
  zNumber: number;
  phase: 'open' | 'tendering' | 'completed' | 'cancelling' | 'cancelled';
  isParked: boolean;
  lines: Map<string, SaleLine>;
  attempts: AttemptEntry[];
  cash_fen: number;
  cashRounding_fen: number;
  cashRefunds_fen: number;
  /** By a manager: the shop bears it, it is not asked for any more. Of all its payments, told or not. */
  writtenOff_fen: number;
  /** What was paid for the goods that came back. */
  returned_fen: number;
  completed: {
    zNumber: number;
    receiptId: string;
    receiptNumber: string;
    unreturned: Map<string, SoldLine>;
  } | null;
};

export type LostPart = { attemptId: string; amount_fen: number };

export type AttemptEntry = Pick<
  AttemptBody,
  'attemptId' | 'saleId' | 'orderNumber' | 'routeId' | 'scheme' | 'amount_fen' | 'openedAt_ms' | 'zNumber'
> & {
  kind: PaymentKind;
  deferred: boolean;
  everDeferred: boolean;
  /** Opened for goods that had left, in the place of a payment that was lost. */
  collects: boolean;
  /** Of which lost payments, and how much of each. Null where it was not told. */
  inPlaceOf: readonly LostPart[] | null;
  /** Of its amount; 0 where the record did not tell. */
  writtenOff_fen: number;
  rail: string | null;
  /** Asked back: stays so when a refund is refused (cash may follow), not when a void is (a refund follows). */
  givenBack_fen: number;
  /** Of that, what never paid for the sale. */
  surplus_fen: number;
  giveBacks: GiveBackEntry[];
  /** Approved after it had been given up: its sale counts on other money, and all of it goes back. */
  isUnwanted: boolean;
};

export type GiveBackEntry = Pick<
  GiveBackBody,
  | 'giveBackId'
  | 'attemptId'
  | 'returnId'
  | 'cause'
  | 'requestNumber'
  | 'method'
  | 'scheme'
  | 'rail'
  | 'amount_fen'
  | 'openedAt_ms'
  | 'zNumber'
> & {
  kind: GiveBackBody['machine']['state']['kind'];
  paidInCash: boolean;
  /** What it stands for among what its payment gives back: its amount, none, or twice. */
  promised_fen: number;
  /** Called done by the bill or the office alone: the acquirer's answer may still say that it was not. */
  isDoneByWord: boolean;
  before: GiveBackEntry | null;
  after: GiveBackEntry | null;
};

export type ReturnEntry = { receiptId: string; saleId: string; amount_fen: number; givenBack_fen: number };

export type OpenShift = {
  shiftId: string;
  number: string;
  openedAt_ms: number;
  float_fen: number;
  sales_fen: number;
  refunds_fen: number;
  paidIn_fen: number;
  paidOut_fen: number;
};

export type Books = {
  /** Of the record that is being taken. */
  sequence: number;
  type: string;
  /** Hash of the last record. */
  head: string;
  period: Period;
  xTaken: number;
  grand: { sales_fen: number; returns_fen: number };
  epoch: number;
  /** From a backup, and nobody has confirmed it yet, or not longer ago than the last Z. */
  restored: Required<Report>['restored'] | null;
  counterSaleId: string | null;
  sales: Map<string, SaleEntry>;
  /** Sales that are open, in the tender step or parked. */
  liveSales: Set<SaleEntry>;
  attempts: Map<string, AttemptEntry>;
  unproven: Set<AttemptEntry>;
  /** `amount_fen`: of the payment, what it told of. */
  exceptions: Map<string, { attempt: AttemptEntry; raisedAt_ms: number; amount_fen: number }>;
  /** What each open exception of its sale stood for as the newest return was opened: together they end with its goods. */
  lostAtReturn: ReadonlyMap<string, number>;
  /** Approved a moment ago: what was written off in its place must be taken back next. */
  arrived: { attempt: AttemptEntry; sale: SaleEntry; owed: Map<AttemptEntry, number> | null } | null;
  returns: Map<string, ReturnEntry>;
  giveBacks: Map<string, GiveBackEntry>;
  /** Not proven, or refused and not paid out yet. */
  owedBack: Set<GiveBackEntry>;
  /** Gave its money back a second time, and nobody has looked into it. */
  twiceBack: Set<GiveBackEntry>;
  /** By which rules reports are made, as the last start said (docs/reports.md). */
  reportRules: number;
  shift: OpenShift | null;
  /** Deferred payments that were resolved, and lost, by Shanghai date. */
  resolvedDays: Map<string, { resolved: number; lost: number }>;
  /** The last number of each gapless series. */
  lastNumbers: Map<string, string>;
  /** With which a series begins. */
  firstNumber: bigint;
  orderNumbers: Set<string>;
  receiptIds: Set<string>;
  drawerIds: Set<string>;
  faults: string[];
};

export function newBooks(): Books {
  return {
    sequence: 0,
    type: '',
    head: CHAIN_START,
    period: newPeriod(1, 1),
    xTaken: 0,
    grand: { sales_fen: 0, returns_fen: 0 },
    epoch: 1,
    restored: null,
    counterSaleId: null,
    sales: new Map(),
    liveSales: new Set(),
    attempts: new Map(),
    unproven: new Set(),
    exceptions: new Map(),
    lostAtReturn: new Map(),
    arrived: null,
    returns: new Map(),
    giveBacks: new Map(),
    owedBack: new Set(),
    twiceBack: new Set(),
    reportRules: 1,
    shift: null,
    resolvedDays: new Map(),
    lastNumbers: new Map(),
    firstNumber: 1n,
    orderNumbers: new Set(),
    receiptIds: new Set(),
    drawerIds: new Set(),
    faults: [],
  };
}

/** Names the record that is being taken and the field of it that is wrong. */
export function fault(books: Books, path: string, what: string): void {
  books.faults.push(`record ${books.sequence} ${books.type}: ${path}: ${what}`);
}

/** A fault unless the field holds what follows from the other records. */
export function mustBe(
  books: Books,
  path: string,
  found: string | number | boolean,
  due: string | number | boolean,
) {
  if (found !== due) fault(books, path, `${JSON.stringify(found)}, but ${JSON.stringify(due)} follows`);
}

/** What an id of the record names; a fault when nothing of that name was there before. */
export function named<Entry>(
  books: Books,
  entries: ReadonlyMap<string, Entry>,
  path: string,
  id: string,
): Entry | null {
  const found = entries.get(id);
  if (found !== undefined) return found;
  fault(books, path, `nothing is named ${JSON.stringify(id)} before this record`);
  return null;
}

/** A fault when the id was given before. */
export function isNew(books: Books, ids: { has(id: string): boolean }, path: string, id: string): boolean {
  if (!ids.has(id)) return true;
  fault(books, path, `${JSON.stringify(id)} was used before`);
  return false;
}

// The X and Z report: what the journal, the paper, the screen and the exports all hold. Integer fen, ISO dates, no texts.
// X: the open period so far. Z: the period, sealed. Both are pure functions of the journal (docs/reports.md says how each
// figure follows from the records; audit/ computes them a second time from an export).

export type CountAndAmount = { count: number; amount_fen: number };

export type TaxRow = {
  rate_bp: number;
  sales: { gross_fen: number; net_fen: number; tax_fen: number };
  returns: { gross_fen: number; net_fen: number; tax_fen: number };
};

/** One wallet scheme over one rail (who settles us). `net_fen` = approved - refunds - voids. */
export type WalletRow = {
  scheme: string;
  rail: string;
  approved: CountAndAmount;
  refunds: CountAndAmount;
  voids: CountAndAmount;
  net_fen: number;
};

export type CashierRow = {
  operatorId: string;
  sales: CountAndAmount;
  items: number;
  returns: CountAndAmount;
  cancelledSales: number;
  removedLines: number;
  noSaleOpens: number;
  /** Actions that a manager approved for this person. */
  overrides: number;
};

export type HourRow = { hour: string; sales: CountAndAmount };

export type ShiftRow = {
  number: string;
  operatorId: string;
  openedAt_ms: number;
  closedAt_ms: number;
  float_fen: number;
  expected_fen: number;
  counted_fen: number;
  overShort_fen: number;
};

/** An obligation that is open when the report is taken; it goes on in the next period. */
export type CarriedRow = {
  kind:
    | 'queued'
    | 'inDoubt'
    | 'reversing'
    | 'disputed'
    | 'giveBack'
    | 'failedGiveBack'
    /** The customer has this money twice, and nobody has looked into it. */
    | 'twiceBack'
    | 'exception'
    | 'parkedSale'
    | 'openSale';
  id: string;
  /** Order or refund number; the sale's id for sales. */
  number: string;
  amount_fen: number;
  since_ms: number;
  originalZ: number;
};

/**
 * An outcome that came after the Z of its sale: posted here, citing that Z. Nothing but a sale that a Z carried is missing on the next one
 * without such a row. A loss that somebody looked into (`lossSeen`) stands here at once, also in the period of its give-back.
 */
export type LateRow = {
  what:
    | 'approved'
    | 'declined'
    | 'expired'
    | 'cancelled'
    | 'reversed'
    | 'refunded'
    | 'voided'
    | 'refundFailed'
    | 'writtenOff'
    | 'collected'
    | 'paidInCash'
    /** What was lost: the goods came back. */
    | 'returned'
    /** A refund takes its place. */
    | 'voidRefused'
    /** A refund that failed: another one takes its place. */
    | 'replaced'
    /** A refund that failed: one before it gave the money back after all. */
    | 'backByAnother'
    /** Money back twice: a manager has looked into it. */
    | 'lossSeen'
    /** Money back twice: another of the two did not give it after all. */
    | 'notTwice';
  id: string;
  number: string;
  amount_fen: number;
  originalZ: number;
};

/** So many numbers of reports belong to one epoch (docs/reports.md). */
const REPORTS_per_epoch = 100_000;

/** `own`: of what this very period gave. `restored`: of what it sold before a restore. `earlier`: of the periods before it. */
export type LateGroups = Record<'own' | 'restored' | 'earlier', LateRow[]>;

/**
 * A restore goes on with the period that was open in the backup, under the number of the new epoch: what was sold in it before bears the
 * number that it had then, and is no earlier period's.
 */
export function lateGroups({ zNumber, late }: Pick<Report, 'zNumber' | 'late'>): LateGroups {
  const isSame = ({ originalZ }: LateRow) => originalZ % REPORTS_per_epoch === zNumber % REPORTS_per_epoch;
  return {
    own: late.filter(({ originalZ }) => originalZ === zNumber),
    restored: late.filter((row) => row.originalZ !== zNumber && isSame(row)),
    earlier: late.filter((row) => !isSame(row)),
  };
}

export type Report = {
  kind: 'x' | 'z';
  /** The Z that closes this period; on an X, the Z that will. */
  zNumber: number;
  /** Count of X reports of this till, on an X; else null. */
  xNumber: number | null;
  businessDate: string | null;
  openedAt_ms: number | null;
  takenAt_ms: number;
  terminalCode: string;
  operatorId: string;
  /** `gross_fen`: sum of the lines; `net_fen` = gross - rounding. */
  sales: { count: number; items: number; gross_fen: number; rounding_fen: number; net_fen: number };
  returns: { count: number; items: number; gross_fen: number; rounding_fen: number; net_fen: number };
  net_fen: number;
  tax: TaxRow[];
  wallets: WalletRow[];
  offline: {
    taken: CountAndAmount;
    approved: CountAndAmount;
    declined: CountAndAmount;
    expired: CountAndAmount;
    /** By a manager: the goods came back. */
    cancelled: CountAndAmount;
    collected: CountAndAmount;
    writtenOff: CountAndAmount;
    stillOpen: CountAndAmount;
    oldest_ms: number | null;
    expectedLoss_fen: number;
  };
  cash: {
    /** Kept of cash sales, change given back. */
    sales: CountAndAmount;
    rounding_fen: number;
    refunds: CountAndAmount;
    paidIn: CountAndAmount;
    paidOut: CountAndAmount;
    shifts: ShiftRow[];
    /** A shift that goes on: not counted yet. */
    openShift: { number: string; float_fen: number; expected_fen: number } | null;
  };
  cashiers: CashierRow[];
  hours: HourRow[];
  control: {
    cancelledSales: CountAndAmount;
    voids: CountAndAmount;
    removedLines: number;
    noSaleOpens: number;
    reprints: number;
    overrides: number;
    wrongPins: number;
    locks: number;
    restarts: number;
    clockSteps: number;
  };
  carried: CarriedRow[];
  late: LateRow[];
  ranges: {
    firstReceipt: string | null;
    lastReceipt: string | null;
    firstReturn: string | null;
    lastReturn: string | null;
    /** Journal records of the period; `head` is the hash of the last one. */
    firstSequence: number;
    lastSequence: number;
    head: string;
  };
  /** The till was restored from a backup: in quarantine (`confirmed` is null), or confirmed since the last Z. Else absent. */
  restored?: {
    epoch: number;
    /** The backup's last record, and the last one that was written before; null when nobody knows. */
    sequence: number;
    lostSequence: number | null;
    at_ms: number;
    confirmed: { operatorId: string; reason: string; at_ms: number } | null;
  };
  /** Since the till was installed, never reset. */
  grand: { salesBefore_fen: number; sales_fen: number; returnsBefore_fen: number; returns_fen: number };
};

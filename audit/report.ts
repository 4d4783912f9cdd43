// The shape of a report as docs/reports.md names its fields: written a second time, so that nothing of the first is trusted.

export type Counted = { count: number; amount_fen: number };

export type GoodsSums = {
  count: number;
  items: number;
  gross_fen: number;
  rounding_fen: number;
  net_fen: number;
};

export type TaxSums = { gross_fen: number; net_fen: number; tax_fen: number };

export type ClosedShiftRow = {
  number: string;
  operatorId: string;
  openedAt_ms: number;
  closedAt_ms: number;
  float_fen: number;
  expected_fen: number;
  counted_fen: number;
  overShort_fen: number;
};

export type Cashier = {
  operatorId: string;
  sales: Counted;
  items: number;
  returns: Counted;
  cancelledSales: number;
  removedLines: number;
  noSaleOpens: number;
  overrides: number;
};

export type Wallet = {
  scheme: string;
  rail: string;
  approved: Counted;
  refunds: Counted;
  voids: Counted;
  net_fen: number;
};

export type Carried = {
  kind: string;
  id: string;
  number: string;
  amount_fen: number;
  since_ms: number;
  originalZ: number;
};

export type Late = { what: string; id: string; number: string; amount_fen: number; originalZ: number };

export type Offline<Figure> = {
  taken: Figure;
  approved: Figure;
  declined: Figure;
  expired: Figure;
  cancelled: Figure;
  collected: Figure;
  writtenOff: Figure;
};

export type Control = {
  cancelledSales: Counted;
  voids: Counted;
  removedLines: number;
  noSaleOpens: number;
  reprints: number;
  overrides: number;
  wrongPins: number;
  locks: number;
  restarts: number;
  clockSteps: number;
};

/** What whoever takes a report says of it; everything else follows from the records. */
export type Asked = { kind: 'x' | 'z'; takenAt_ms: number; operatorId: string; terminalCode: string };

export type Report = Asked & {
  zNumber: number;
  xNumber: number | null;
  businessDate: string | null;
  openedAt_ms: number | null;
  sales: GoodsSums;
  returns: GoodsSums;
  net_fen: number;
  tax: { rate_bp: number; sales: TaxSums; returns: TaxSums }[];
  wallets: Wallet[];
  offline: Offline<Counted> & { stillOpen: Counted; oldest_ms: number | null; expectedLoss_fen: number };
  cash: {
    sales: Counted;
    rounding_fen: number;
    refunds: Counted;
    paidIn: Counted;
    paidOut: Counted;
    shifts: ClosedShiftRow[];
    openShift: { number: string; float_fen: number; expected_fen: number } | null;
  };
  cashiers: Cashier[];
  hours: { hour: string; sales: Counted }[];
  control: Control;
  carried: Carried[];
  late: Late[];
  ranges: {
    firstReceipt: string | null;
    lastReceipt: string | null;
    firstReturn: string | null;
    lastReturn: string | null;
    firstSequence: number;
    lastSequence: number;
    head: string;
  };
  restored?: {
    epoch: number;
    sequence: number;
    lostSequence: number | null;
    at_ms: number;
    confirmed: { operatorId: string; reason: string; at_ms: number } | null;
  };
  grand: { salesBefore_fen: number; sales_fen: number; returnsBefore_fen: number; returns_fen: number };
};

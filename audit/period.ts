// The sums of one period, and how a figure is added to them.
import type { Settled } from './record-shapes.ts';
import type {
  Cashier,
  ClosedShiftRow,
  Control,
  Counted,
  GoodsSums,
  Late,
  Offline,
  TaxSums,
  Wallet,
} from './report.ts';

export type RateSums = { sales: TaxSums; returns: TaxSums };

export type Period = {
  zNumber: number;
  firstSequence: number;
  openedAt_ms: number | null;
  sales: GoodsSums;
  returns: GoodsSums;
  tax: Map<number, RateSums>;
  hours: Map<string, Counted>;
  wallets: Map<string, Omit<Wallet, 'net_fen'>>;
  offline: Offline<Counted>;
  cash: { sales: Counted; rounding_fen: number; refunds: Counted; paidIn: Counted; paidOut: Counted };
  shifts: ClosedShiftRow[];
  cashiers: Map<string, Cashier>;
  control: Control;
  late: Late[];
  firstReceipt: string | null;
  lastReceipt: string | null;
  firstReturn: string | null;
  lastReturn: string | null;
};

export function nothing(): Counted {
  return { count: 0, amount_fen: 0 };
}

function noGoods(): GoodsSums {
  return { count: 0, items: 0, gross_fen: 0, rounding_fen: 0, net_fen: 0 };
}

function noTax(): TaxSums {
  return { gross_fen: 0, net_fen: 0, tax_fen: 0 };
}

function noControl(): Control {
  return {
    cancelledSales: nothing(),
    voids: nothing(),
    removedLines: 0,
    noSaleOpens: 0,
    reprints: 0,
    overrides: 0,
    wrongPins: 0,
    locks: 0,
    restarts: 0,
    clockSteps: 0,
  };
}

export function newPeriod(zNumber: number, firstSequence: number): Period {
  return {
    zNumber,
    firstSequence,
    openedAt_ms: null,
    sales: noGoods(),
    returns: noGoods(),
    tax: new Map(),
    hours: new Map(),
    wallets: new Map(),
    offline: {
      taken: nothing(),
      approved: nothing(),
      declined: nothing(),
      expired: nothing(),
      cancelled: nothing(),
      collected: nothing(),
      writtenOff: nothing(),
    },
    cash: {
      sales: nothing(),
      rounding_fen: 0,
      refunds: nothing(),
      paidIn: nothing(),
      paidOut: nothing(),
    },
    shifts: [],
    cashiers: new Map(),
    control: noControl(),
    late: [],
    firstReceipt: null,
    lastReceipt: null,
    firstReturn: null,
    lastReturn: null,
  };
}

function rowOf<Key, Row>(rows: Map<Key, Row>, key: Key, empty: () => Row): Row {
  const found = rows.get(key);
  if (found !== undefined) return found;
  const made = empty();
  rows.set(key, made);
  return made;
}

export function count(figure: Counted, amount_fen: number): void {
  figure.count += 1;
  figure.amount_fen += amount_fen;
}

/** The lines of one sale, or of one return: its goods and, by rate, its tax. Gives what was paid for them. */
export function postLines(period: Period, side: 'sales' | 'returns', lines: readonly Settled[]): number {
  const goods = period[side];
  let paid_fen = 0;
  goods.count += 1;
  for (const line of lines) {
    const linePaid_fen = line.gross_fen - line.rounding_fen;
    paid_fen += linePaid_fen;
    goods.items += line.quantity;
    goods.gross_fen += line.gross_fen;
    goods.rounding_fen += line.rounding_fen;
    goods.net_fen += linePaid_fen;
    const rate = rowOf(period.tax, line.tax_bp, () => ({ sales: noTax(), returns: noTax() }))[side];
    rate.gross_fen += linePaid_fen;
    rate.tax_fen += line.tax_fen;
    rate.net_fen += linePaid_fen - line.tax_fen;
  }
  return paid_fen;
}

export function countHour(period: Period, hour: string, amount_fen: number): void {
  count(rowOf(period.hours, hour, nothing), amount_fen);
}

export function cashierOf(period: Period, operatorId: string): Cashier {
  return rowOf(period.cashiers, operatorId, () => ({
    operatorId,
    sales: nothing(),
    items: 0,
    returns: nothing(),
    cancelledSales: 0,
    removedLines: 0,
    noSaleOpens: 0,
    overrides: 0,
  }));
}

export function walletOf(period: Period, scheme: string, rail: string): Omit<Wallet, 'net_fen'> {
  return rowOf(period.wallets, `${scheme}\n${rail}`, () => ({
    scheme,
    rail,
    approved: nothing(),
    refunds: nothing(),
    voids: nothing(),
  }));
}

/** Somebody else than the operator allowed it. */
export function countOverride(period: Period, operatorId: string, approverId: string | null): void {
  if (approverId === null || approverId === operatorId) return;
  period.control.overrides += 1;
  cashierOf(period, operatorId).overrides += 1;
}

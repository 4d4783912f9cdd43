// What a period (from Z to Z) has posted so far: the part of the state that X and Z are read from. Pure data.
import type { CashierRow, CountAndAmount, LateRow, Report, TaxRow } from '../../../contract/report.ts';

export type Turnover = { count: number; items: number; gross_fen: number; rounding_fen: number };

/** Keys of the records: rate in bp, `scheme/rail`, operator, hour "00" to "23". */
export type Period = {
  /** The number of the Z that will close it. */
  zNumber: number;
  firstSequence: number;
  openedAt_ms: number | null;
  businessDate: string | null;
  sales: Turnover;
  returns: Turnover;
  tax: Record<string, Pick<TaxRow, 'sales' | 'returns'>>;
  wallets: Record<
    string,
    { scheme: string; rail: string; approved: CountAndAmount; refunds: CountAndAmount; voids: CountAndAmount }
  >;
  offline: Record<OfflineOutcome, CountAndAmount>;
  cash: Omit<Report['cash'], 'openShift'>;
  cashiers: Record<string, Omit<CashierRow, 'operatorId'>>;
  hours: Record<string, CountAndAmount>;
  control: Report['control'];
  late: LateRow[];
  firstReceipt: string | null;
  lastReceipt: string | null;
  firstReturn: string | null;
  lastReturn: string | null;
};

export type OfflineOutcome =
  | 'taken'
  | 'approved'
  | 'declined'
  | 'expired'
  | 'cancelled'
  | 'collected'
  | 'writtenOff';

export const nothing: CountAndAmount = { count: 0, amount_fen: 0 };

const noTurnover: Turnover = { count: 0, items: 0, gross_fen: 0, rounding_fen: 0 };

export const newCashier: Omit<CashierRow, 'operatorId'> = {
  sales: nothing,
  items: 0,
  returns: nothing,
  cancelledSales: 0,
  removedLines: 0,
  noSaleOpens: 0,
  overrides: 0,
};

export function emptyPeriod(zNumber: number, firstSequence: number): Period {
  return {
    zNumber,
    firstSequence,
    openedAt_ms: null,
    businessDate: null,
    sales: noTurnover,
    returns: noTurnover,
    tax: {},
    wallets: {},
    offline: {
      taken: nothing,
      approved: nothing,
      declined: nothing,
      expired: nothing,
      cancelled: nothing,
      collected: nothing,
      writtenOff: nothing,
    },
    cash: {
      sales: nothing,
      rounding_fen: 0,
      refunds: nothing,
      paidIn: nothing,
      paidOut: nothing,
      shifts: [],
    },
    cashiers: {},
    hours: {},
    control: {
      cancelledSales: nothing,
      voids: nothing,
      removedLines: 0,
      noSaleOpens: 0,
      reprints: 0,
      overrides: 0,
      wrongPins: 0,
      locks: 0,
      restarts: 0,
      clockSteps: 0,
    },
    late: [],
    firstReceipt: null,
    lastReceipt: null,
    firstReturn: null,
    lastReturn: null,
  };
}

// The X and Z report, read off the open period and what is alive. Pure: it cannot fail half-way and waits for nobody.
import type { CarriedRow, Report, TaxRow } from '../../../contract/report.ts';
import { saleTotal_fen } from '../sale/sale.ts';
import {
  expectedCash_fen,
  expectedLoss_fen,
  exposure,
  isDeferredOpen,
  isOpenAttempt,
  lostBy,
} from '../till/queries.ts';
import type { Attempt, TillState } from '../till/state.ts';
import { type GiveBack, isOwed, isPromised } from '../giveback/give-back.ts';
import type { Period } from './period.ts';
import { tellsAllEnds } from './rules.ts';

/** `sequence`, `head`: the last record before the report. */
export type ReportFacts = {
  kind: 'x' | 'z';
  takenAt_ms: number;
  terminalCode: string;
  operatorId: string;
  head: string;
};

function turnoverOf({ count, items, gross_fen, rounding_fen }: Period['sales']) {
  return { count, items, gross_fen, rounding_fen, net_fen: gross_fen - rounding_fen };
}

/** Highest rate first. */
function taxRows(period: Period): TaxRow[] {
  return Object.entries(period.tax)
    .map(([rate, row]) => ({ rate_bp: Number(rate), ...row }))
    .sort((a, b) => b.rate_bp - a.rate_bp);
}

function byText<Row>(rows: Row[], key: (row: Row) => string): Row[] {
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function walletRows(period: Period): Report['wallets'] {
  const rows = Object.values(period.wallets).map((wallet) => ({
    ...wallet,
    net_fen: wallet.approved.amount_fen - wallet.refunds.amount_fen - wallet.voids.amount_fen,
  }));
  return byText(rows, (row) => `${row.scheme}/${row.rail}`);
}

function attemptKind(attempt: Attempt): CarriedRow['kind'] {
  if (isDeferredOpen(attempt)) return 'queued';
  const { kind } = attempt.machine.state;
  return kind === 'reversing' || kind === 'disputed' ? kind : 'inDoubt';
}

function carriedPayments(state: TillState): CarriedRow[] {
  const attempts = Object.values(state.attempts)
    .filter(isOpenAttempt)
    .map((attempt) => ({
      kind: attemptKind(attempt),
      id: attempt.attemptId,
      number: attempt.orderNumber,
      amount_fen: attempt.amount_fen,
      since_ms: attempt.openedAt_ms,
      originalZ: attempt.zNumber,
    }));
  // A program of before the rules told all of the payment, whatever had been collected of it.
  const lost = tellsAllEnds(state) ? lostBy(state) : new Map<string, number>();
  const exceptions = Object.values(state.exceptions).map((one) => ({
    kind: 'exception' as const,
    id: one.attemptId,
    number: one.orderNumber,
    amount_fen: lost.get(one.attemptId) ?? one.amount_fen,
    since_ms: one.at_ms,
    originalZ: one.zNumber,
  }));
  return [...attempts, ...exceptions];
}

function giveBackKind(state: TillState, one: GiveBack): CarriedRow['kind'] | null {
  if (isOwed(one)) return 'failedGiveBack';
  if (isPromised(one)) return 'giveBack';
  return one.isLoss === true && tellsAllEnds(state) ? 'twiceBack' : null;
}

function carriedGiveBacks(state: TillState): CarriedRow[] {
  return Object.values(state.giveBacks).flatMap((one) => {
    const kind = giveBackKind(state, one);
    if (kind === null) return [];
    return [
      {
        kind,
        id: one.giveBackId,
        number: one.requestNumber,
        amount_fen: one.amount_fen,
        since_ms: one.openedAt_ms,
        originalZ: one.zNumber,
      },
    ];
  });
}

function carriedSales(state: TillState): CarriedRow[] {
  return [...state.parkedSaleIds, state.currentSaleId ?? ''].flatMap((saleId) => {
    const sale = state.sales[saleId];
    const isOnCounter = sale?.state === 'open' || sale?.state === 'tendering';
    if (!sale || (sale.state !== 'parked' && !isOnCounter)) return [];
    return [
      {
        kind: isOnCounter ? ('openSale' as const) : ('parkedSale' as const),
        id: saleId,
        number: saleId,
        amount_fen: saleTotal_fen(sale),
        since_ms: sale.openedAt_ms,
        originalZ: sale.zNumber,
      },
    ];
  });
}

function cashOf(state: TillState): Report['cash'] {
  const { shift, period } = state;
  const openShift =
    shift === null
      ? null
      : { number: shift.number, float_fen: shift.float_fen, expected_fen: expectedCash_fen(shift) };
  return { ...period.cash, openShift };
}

function offlineOf(state: TillState): Report['offline'] {
  const open = exposure(state);
  return {
    ...state.period.offline,
    stillOpen: { count: open.count, amount_fen: open.total_fen },
    oldest_ms: open.oldest_ms,
    expectedLoss_fen: expectedLoss_fen(state, open),
  };
}

function rangesOf({ period, sequence }: TillState, head: string): Report['ranges'] {
  const { firstReceipt, lastReceipt, firstReturn, lastReturn, firstSequence } = period;
  return {
    firstReceipt,
    lastReceipt,
    firstReturn,
    lastReturn,
    firstSequence,
    lastSequence: sequence,
    head,
  };
}

function restoredOf({ restored }: TillState): Pick<Report, 'restored'> {
  if (restored === undefined) return {};
  const { isAsked: _, ...told } = restored;
  return { restored: told };
}

export function buildReport(state: TillState, facts: ReportFacts): Report {
  const { period } = state;
  const sales = turnoverOf(period.sales);
  const returns = turnoverOf(period.returns);
  const carried = [...carriedPayments(state), ...carriedGiveBacks(state), ...carriedSales(state)];
  const cashiers = Object.entries(period.cashiers).map(([operatorId, row]) => ({ operatorId, ...row }));
  const hours = Object.entries(period.hours).map(([hour, row]) => ({ hour, sales: row }));
  return {
    kind: facts.kind,
    zNumber: period.zNumber,
    xNumber: facts.kind === 'x' ? state.counters.x + 1 : null,
    businessDate: period.businessDate,
    openedAt_ms: period.openedAt_ms,
    takenAt_ms: facts.takenAt_ms,
    terminalCode: facts.terminalCode,
    operatorId: facts.operatorId,
    sales,
    returns,
    net_fen: sales.net_fen - returns.net_fen,
    tax: taxRows(period),
    wallets: walletRows(period),
    offline: offlineOf(state),
    cash: cashOf(state),
    cashiers: byText(cashiers, (row) => row.operatorId),
    hours: byText(hours, (row) => row.hour),
    control: period.control,
    carried: byText(carried, (row) => row.id),
    late: period.late,
    ranges: rangesOf(state, facts.head),
    ...restoredOf(state),
    grand: {
      salesBefore_fen: state.grand.sales_fen - sales.net_fen,
      sales_fen: state.grand.sales_fen,
      returnsBefore_fen: state.grand.returns_fen - returns.net_fen,
      returns_fen: state.grand.returns_fen,
    },
  };
}

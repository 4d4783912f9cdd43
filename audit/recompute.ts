// The report that the records so far amount to.
import type { Books } from './books.ts';
import { shanghaiDate } from './calendar.ts';
import { byText, carriedRows, stillDeferred } from './carried.ts';
import { expected_fen } from './counter.ts';
import type { Period } from './period.ts';
import type { Asked, Report, Wallet } from './report.ts';

function walletRows(period: Period): Wallet[] {
  const rows = [...period.wallets.values()].map((row) => ({
    ...row,
    net_fen: row.approved.amount_fen - row.refunds.amount_fen - row.voids.amount_fen,
  }));
  return rows.sort(byText((row) => `${row.scheme}/${row.rail}`));
}

function taxRows(period: Period): Report['tax'] {
  const rows = [...period.tax].map(([rate_bp, row]) => ({ rate_bp, ...row }));
  return rows.sort((a, b) => b.rate_bp - a.rate_bp);
}

function cashOf({ shift, period }: Books): Report['cash'] {
  const openShift =
    shift === null
      ? null
      : { number: shift.number, float_fen: shift.float_fen, expected_fen: expected_fen(shift) };
  return { ...period.cash, shifts: period.shifts, openShift };
}

function rangesOf({ period, head }: Books, lastSequence: number): Report['ranges'] {
  const { firstReceipt, lastReceipt, firstReturn, lastReturn, firstSequence } = period;
  return { firstReceipt, lastReceipt, firstReturn, lastReturn, firstSequence, lastSequence, head };
}

function grandOf({ grand, period }: Books): Report['grand'] {
  return {
    salesBefore_fen: grand.sales_fen - period.sales.net_fen,
    sales_fen: grand.sales_fen,
    returnsBefore_fen: grand.returns_fen - period.returns.net_fen,
    returns_fen: grand.returns_fen,
  };
}

/** `lastSequence`: the last record that the figures come from. The sums in it are live: whoever keeps the report copies it. */
export function recompute(books: Books, asked: Asked, lastSequence: number): Report {
  const { period } = books;
  return {
    kind: asked.kind,
    takenAt_ms: asked.takenAt_ms,
    operatorId: asked.operatorId,
    terminalCode: asked.terminalCode,
    zNumber: period.zNumber,
    xNumber: asked.kind === 'x' ? books.xTaken + 1 : null,
    businessDate: period.openedAt_ms === null ? null : shanghaiDate(period.openedAt_ms),
    openedAt_ms: period.openedAt_ms,
    sales: period.sales,
    returns: period.returns,
    net_fen: period.sales.net_fen - period.returns.net_fen,
    tax: taxRows(period),
    wallets: walletRows(period),
    offline: { ...period.offline, ...stillDeferred(books) },
    cash: cashOf(books),
    cashiers: [...period.cashiers.values()].sort(byText((row) => row.operatorId)),
    hours: [...period.hours].map(([hour, sales]) => ({ hour, sales })).sort(byText((row) => row.hour)),
    control: period.control,
    carried: carriedRows(books),
    late: period.late,
    ranges: rangesOf(books, lastSequence),
    ...(books.restored === null ? {} : { restored: books.restored }),
    grand: grandOf(books),
  };
}

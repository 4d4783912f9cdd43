// Which record posts what into the open period (docs/reports.md). Pure; called once per record by evolve.
import type { SettledLine } from '../sale/sale.ts';
import { shanghaiDate } from '../time.ts';
import type { BodyOf, TillRecord } from '../till/records.ts';
import { postGiveBack, postLossSeen, postPaidInCash, postReplaced } from './posting-give-backs.ts';
import { postAnswer, postPaymentOpened } from './posting-payments.ts';
import { nothing, type Period, type Turnover } from './period.ts';
import { tellsAllEnds } from './rules.ts';
import {
  type Around,
  type CountedControl,
  plus,
  withCashier,
  withControl,
  withLate,
  withOverride,
} from './tally.ts';

/** The business date is the calendar day on which the period's first work began; only the Z ends it. */
function opened(period: Period, at_ms: number): Period {
  if (period.openedAt_ms !== null) return period;
  return { ...period, openedAt_ms: at_ms, businessDate: shanghaiDate(at_ms) };
}

function sumOf(lines: readonly SettledLine[], part: (line: SettledLine) => number): number {
  return lines.reduce((sum, line) => sum + part(line), 0);
}

function turned(turnover: Turnover, lines: readonly SettledLine[]): Turnover {
  return {
    count: turnover.count + 1,
    items: turnover.items + sumOf(lines, (line) => line.quantity),
    gross_fen: turnover.gross_fen + sumOf(lines, (line) => line.gross_fen),
    rounding_fen: turnover.rounding_fen + sumOf(lines, (line) => line.rounding_fen),
  };
}

const noTax = { gross_fen: 0, net_fen: 0, tax_fen: 0 };

/** `gross_fen` of a rate is what was paid (after 抹零), tax included. */
function taxed(tax: Period['tax'], lines: readonly SettledLine[], side: 'sales' | 'returns'): Period['tax'] {
  const next = { ...tax };
  for (const line of lines) {
    const row = next[line.tax_bp] ?? { sales: noTax, returns: noTax };
    const paid_fen = line.gross_fen - line.rounding_fen;
    const sum = row[side];
    const grown = {
      gross_fen: sum.gross_fen + paid_fen,
      net_fen: sum.net_fen + paid_fen - line.tax_fen,
      tax_fen: sum.tax_fen + line.tax_fen,
    };
    next[line.tax_bp] = { ...row, [side]: grown };
  }
  return next;
}

function hourOf(at_ms: number): string {
  return String(Math.floor(at_ms / 3_600_000 + 8) % 24).padStart(2, '0');
}

function saleCompleted(period: Period, body: BodyOf<'sale.completed'>): Period {
  const net_fen = body.total_fen - body.rounding_fen;
  const hour = hourOf(body.at_ms);
  const items = sumOf(body.settled, (line) => line.quantity);
  const next: Period = {
    ...period,
    sales: turned(period.sales, body.settled),
    tax: taxed(period.tax, body.settled, 'sales'),
    hours: { ...period.hours, [hour]: plus(period.hours[hour] ?? nothing, net_fen) },
    firstReceipt: period.firstReceipt ?? body.receiptNumber,
    lastReceipt: body.receiptNumber,
  };
  return withCashier(next, body.operatorId, (cashier) => ({
    ...cashier,
    sales: plus(cashier.sales, net_fen),
    items: cashier.items + items,
  }));
}

function cashTaken(period: Period, { cash }: BodyOf<'sale.cashTaken'>): Period {
  const { sales, rounding_fen } = period.cash;
  return {
    ...period,
    cash: {
      ...period.cash,
      sales: plus(sales, cash.amount_fen),
      rounding_fen: rounding_fen + cash.rounding_fen,
    },
  };
}

function saleCancelled(period: Period, body: BodyOf<'sale.cancelled'>): Period {
  const cancelledSales = plus(period.control.cancelledSales, body.total_fen);
  const next = { ...period, control: { ...period.control, cancelledSales } };
  return withCashier(next, body.operatorId, (cashier) => ({
    ...cashier,
    cancelledSales: cashier.cancelledSales + 1,
  }));
}

function lineRemoved(period: Period, { operatorId }: BodyOf<'sale.lineRemoved'>): Period {
  return withCashier(withControl(period, 'removedLines'), operatorId, (cashier) => ({
    ...cashier,
    removedLines: cashier.removedLines + 1,
  }));
}

function returned(period: Period, { return: one }: BodyOf<'return.opened'>): Period {
  const refunds = one.cash_fen > 0 ? plus(period.cash.refunds, one.cash_fen) : period.cash.refunds;
  const next: Period = {
    ...period,
    returns: turned(period.returns, one.lines),
    tax: taxed(period.tax, one.lines, 'returns'),
    cash: { ...period.cash, refunds },
    firstReturn: period.firstReturn ?? one.number,
    lastReturn: one.number,
  };
  const counted = withCashier(next, one.operatorId, (cashier) => ({
    ...cashier,
    returns: plus(cashier.returns, one.amount_fen),
  }));
  return withOverride(counted, one);
}

function exceptionClosed(period: Period, body: BodyOf<'exception.closed'>, { before }: Around): Period {
  const exception = before.exceptions[body.attemptId];
  const { how } = body;
  // Records of before did not tell what came back with the goods.
  if (!exception || (how === 'returned' && body.amount_fen === undefined)) return withOverride(period, body);
  const { attemptId, orderNumber, zNumber } = exception;
  const amount_fen = body.amount_fen ?? exception.amount_fen;
  const { offline } = period;
  const next =
    how === 'returned'
      ? period
      : { ...period, offline: { ...offline, [how]: plus(offline[how], amount_fen) } };
  const row = { what: how, id: attemptId, number: orderNumber, amount_fen, originalZ: zNumber };
  return withOverride(withLate(next, row), body);
}

function shiftClosed(period: Period, { shift }: BodyOf<'shift.closed'>): Period {
  const {
    number,
    operatorId,
    openedAt_ms,
    closedAt_ms,
    float_fen,
    expected_fen,
    counted_fen,
    overShort_fen,
  } = shift;
  const row = {
    number,
    operatorId,
    openedAt_ms,
    closedAt_ms,
    float_fen,
    expected_fen,
    counted_fen,
    overShort_fen,
  };
  return { ...period, cash: { ...period.cash, shifts: [...period.cash.shifts, row] } };
}

function cashMoved(period: Period, { move }: BodyOf<'cash.moved'>): Period {
  const sum = plus(period.cash[move.direction], move.amount_fen);
  return withOverride({ ...period, cash: { ...period.cash, [move.direction]: sum } }, move);
}

function drawerAsked(period: Period, body: BodyOf<'drawer.asked'>): Period {
  if (body.cause !== 'noSale') return period;
  const next = withCashier(withControl(period, 'noSaleOpens'), body.operatorId, (cashier) => ({
    ...cashier,
    noSaleOpens: cashier.noSaleOpens + 1,
  }));
  return withOverride(next, body);
}

const counters: Partial<Record<TillRecord['type'], CountedControl>> = {
  'receipt.reprintAsked': 'reprints',
  'operator.pinWrong': 'wrongPins',
  'till.locked': 'locks',
  'core.started': 'restarts',
  'clock.stepped': 'clockSteps',
};

export function post(period: Period, record: TillRecord, around: Around): Period {
  switch (record.type) {
    case 'sale.opened':
    case 'shift.opened':
      return opened(period, record.body.at_ms);
    case 'sale.completed':
      return saleCompleted(period, record.body);
    case 'sale.cashTaken':
      return cashTaken(period, record.body);
    case 'sale.cancelled':
      return saleCancelled(period, record.body);
    case 'sale.lineRemoved':
      return lineRemoved(period, record.body);
    case 'payment.opened':
      return postPaymentOpened(period, record.body);
    case 'payment.moved':
      return postAnswer(period, record.body, around);
    case 'exception.closed':
      return exceptionClosed(period, record.body, around);
    case 'return.opened':
      return returned(period, record.body);
    case 'giveBack.opened':
      return postReplaced(period, record.body, around);
    case 'giveBack.moved':
      return postGiveBack(period, record.body, around);
    case 'giveBack.paidInCash':
      return postPaidInCash(period, record.body, around);
    case 'giveBack.lossSeen':
      return postLossSeen(period, record.body, around);
    case 'giveBack.retried':
    case 'giveBack.checked':
      return withOverride(period, record.body);
    case 'finding.settled':
      return tellsAllEnds(around.after) ? withOverride(period, record.body.adjustment) : period;
    case 'shift.closed':
      return shiftClosed(period, record.body);
    case 'cash.moved':
      return cashMoved(period, record.body);
    case 'drawer.asked':
      return drawerAsked(period, record.body);
    default: {
      const counter = counters[record.type];
      return counter === undefined ? period : withControl(period, counter);
    }
  }
}

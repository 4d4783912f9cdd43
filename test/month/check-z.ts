// The third view: a Z against the notes in the drawer, the goods over the counter and the acquirer's ledger. Knows nothing of
// how the core or the second computation came to their figures.
import type { Report, WalletRow } from '../../contract/report.ts';
import { must, mustEqual } from './failure.ts';
import { saleOf, type Shop } from './shop.ts';
import { emptyTally, type Moved, type Tally } from './tally.ts';

function sameMoved(what: string, till: Moved, model: Moved): void {
  mustEqual(`${what}, count`, till.count, model.count);
  mustEqual(`${what}, amount`, till.amount_fen, model.amount_fen);
}

/** Every sale that has got its receipt since the last Z, by the prices on the shelf. */
function checkSales(shop: Shop, report: Report): void {
  let count = 0;
  let gross_fen = 0;
  let rounding_fen = 0;
  let items = 0;
  for (const known of shop.sales.values()) {
    if (known.isCounted) continue;
    const sale = saleOf(shop, known);
    if (sale.receiptNumber === null) continue;
    known.isCounted = true;
    mustEqual(`period of ${known.saleId}`, sale.zNumber, report.zNumber);
    count += 1;
    gross_fen += known.total_fen;
    rounding_fen += known.rounding_fen;
    items += known.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
  mustEqual('sales, count', report.sales.count, count);
  mustEqual('sales, items', report.sales.items, items);
  mustEqual('sales, gross', report.sales.gross_fen, gross_fen);
  mustEqual('sales, net', report.sales.net_fen, gross_fen - rounding_fen);
  sameMoved(
    'returns',
    { count: report.returns.count, amount_fen: report.returns.net_fen },
    shop.tally.returns,
  );
  mustEqual('net', report.net_fen, gross_fen - rounding_fen - shop.tally.returns.amount_fen);
}

/** Each rate's tax is rounded once per sale: off by less than a fen for each of them. */
function checkTax(report: Report): void {
  const sums = { sales: 0, returns: 0 };
  for (const row of report.tax) {
    for (const side of ['sales', 'returns'] as const) {
      const { gross_fen, net_fen, tax_fen } = row[side];
      const exact_fen = (gross_fen * row.rate_bp) / (10_000 + row.rate_bp);
      const pieces = side === 'sales' ? report.sales.count : report.returns.items;
      must(
        Math.abs(exact_fen - tax_fen) <= pieces,
        `tax of ${row.rate_bp} bp, ${side}: ${tax_fen} for ${exact_fen}`,
      );
      mustEqual(`net of ${row.rate_bp} bp, ${side}`, net_fen, gross_fen - tax_fen);
      sums[side] += gross_fen;
    }
  }
  mustEqual('tax rows of sales', sums.sales, report.sales.net_fen);
  mustEqual('tax rows of returns', sums.returns, report.returns.net_fen);
}

function checkCash(shop: Shop, { cash, control }: Report, tally: Tally): void {
  sameMoved('cash sales', cash.sales, tally.cashSales);
  mustEqual('cash rounding', cash.rounding_fen, tally.rounding_fen);
  sameMoved('cash refunds', cash.refunds, tally.cashRefunds);
  sameMoved('paid in', cash.paidIn, tally.paidIn);
  sameMoved('paid out', cash.paidOut, tally.paidOut);
  mustEqual('no-sale opens', control.noSaleOpens, tally.noSaleOpens);
  mustEqual('shifts counted', cash.shifts.length, tally.overShort_fen.length);
  for (const [index, shift] of cash.shifts.entries())
    mustEqual(`over or short of ${shift.number}`, shift.overShort_fen, tally.overShort_fen[index]);
  if (cash.openShift === null) return;
  const { value_fen, knownDifference_fen } = shop.drawer;
  mustEqual('open shift', cash.openShift.expected_fen, value_fen - knownDifference_fen);
}

type Sums = Record<'approved' | 'voids' | 'refunds', number>;
type Rows = Map<string, Sums>;

function grow(rows: Rows, key: string, part: keyof Sums, amount_fen: number): void {
  const row = rows.get(key) ?? { approved: 0, voids: 0, refunds: 0 };
  row[part] += amount_fen;
  rows.set(key, row);
}

/**
 * What the acquirer's ledger says was charged, voided and refunded, less what the till can't know yet: the outcomes of what this
 * very Z lists as carried. A charge that was reversed never was the till's.
 */
function ledgerRows({ ledger }: Shop, { carried }: Report): Rows {
  const open = new Set(
    carried.filter(({ kind }) => kind !== 'exception' && kind !== 'twiceBack').map((row) => row.number),
  );
  const rows: Rows = new Map();
  for (const { kind, orderNumber, requestNumber, amount_fen } of ledger.entries) {
    const order = ledger.orders.get(orderNumber);
    must(order !== undefined, `an entry for ${orderNumber}, which is no order`);
    const key = `${order.scheme}/${order.rail}`;
    if (kind === 'charge' && order.state !== 'reversed' && !open.has(orderNumber))
      grow(rows, key, 'approved', amount_fen);
    if (requestNumber === null || open.has(requestNumber)) continue;
    grow(rows, key, kind === 'void' ? 'voids' : 'refunds', amount_fen);
  }
  return rows;
}

function checkWallets(shop: Shop, report: Report): void {
  const expected = ledgerRows(shop, report);
  const keys = new Set([...expected.keys(), ...shop.zBook.reports.flatMap((one) => one.wallets.map(keyOf))]);
  for (const key of keys) {
    for (const part of ['approved', 'voids', 'refunds'] as const) {
      const till_fen = shop.zBook.sum(({ wallets }) =>
        wallets.filter((row) => keyOf(row) === key).reduce((sum, row) => sum + row[part].amount_fen, 0),
      );
      mustEqual(`wallets ${key}, ${part}, all Z so far`, till_fen, expected.get(key)?.[part] ?? 0);
    }
  }
}

function keyOf({ scheme, rail }: WalletRow): string {
  return `${scheme}/${rail}`;
}

/** Nothing that was taken offline is lost from sight. */
function checkOffline({ zBook, tally }: Shop, { offline }: Report): void {
  const ended_fen = zBook.sum(
    ({ offline: { approved, declined, expired, cancelled } }) =>
      approved.amount_fen + declined.amount_fen + expired.amount_fen + cancelled.amount_fen,
  );
  const taken_fen = zBook.sum((report) => report.offline.taken.amount_fen);
  mustEqual('offline: taken', taken_fen, ended_fen + offline.stillOpen.amount_fen);
  sameMoved('written off', offline.writtenOff, tally.writtenOff);
}

function numberOf(printed: string | null): number {
  return printed === null ? 0 : Number(printed.replace(/\D/g, ''));
}

function checkNumbers(report: Report, before: readonly Report[]): void {
  mustEqual('number of the Z', report.zNumber, before.length + 1);
  const past = (part: (one: Report) => number) => before.reduce((sum, one) => sum + part(one), 0);
  const { ranges, sales, returns, grand } = report;
  if (sales.count > 0)
    mustEqual('first receipt', numberOf(ranges.firstReceipt), past((one) => one.sales.count) + 1);
  if (sales.count > 0)
    mustEqual('last receipt', numberOf(ranges.lastReceipt), past((one) => one.sales.count) + sales.count);
  if (returns.count > 0)
    mustEqual('last return', numberOf(ranges.lastReturn), past((one) => one.returns.count) + returns.count);
  const last = before.at(-1);
  mustEqual('first record', ranges.firstSequence, (last?.ranges.lastSequence ?? -1) + 2);
  mustEqual('grand sales', grand.sales_fen, past((one) => one.sales.net_fen) + sales.net_fen);
  mustEqual('grand returns', grand.returns_fen, past((one) => one.returns.net_fen) + returns.net_fen);
}

export function checkZ(shop: Shop, report: Report): void {
  checkNumbers(report, shop.zBook.reports);
  shop.zBook.reports.push(report);
  checkSales(shop, report);
  checkTax(report);
  checkCash(shop, report, shop.tally);
  checkWallets(shop, report);
  checkOffline(shop, report);
  shop.tally = emptyTally();
}

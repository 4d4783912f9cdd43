// WeChat Pay's trade bill, type ALL: UTF-8, amounts in yuan, each cell behind a backtick, totals in the last two lines.
// Columns: TheNorthMemory/wechatpay-axios-plugin tests/fixtures/bill.ALL.csv (27 of them). What a row's day means (payment:
// when it succeeded; refund: when it was accepted, status as of the bill): pay.weixin.qq.com bill-download/format-trade. REVOKED:
// an order that was paid and then reversed, under the order's own number (wohugb.gitbooks.io/wechat-pay, downloadbill).
import { BadBill, type Bill, type BillEntry, type BillSource, isDate, mustBeOf } from './bill.ts';
import { columnsOf, type Row, rowOf } from './row.ts';
import { mustAgree, negated, sumOf, totalsOf } from './sums.ts';
import { type Line, linesOf } from './text.ts';

const columns = [
  '交易时间',
  '商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '货币种类',
  '应结订单金额',
  '商户退款单号',
  '退款金额',
  '退款状态',
  '手续费',
  '费率',
  '订单金额',
  '申请退款金额',
] as const;

/** The column of the totals that sums up each column of the rows. */
const totalColumns = {
  应结订单总金额: '应结订单金额',
  退款总金额: '退款金额',
  手续费总金额: '手续费',
  订单总金额: '订单金额',
  申请退款总金额: '申请退款金额',
} as const;

const COUNT_column = '总交易单数';

/** Goods names may hold commas: a cell ends where a comma and a backtick follow. */
function cellsOf(file: string, { number, text }: Line, count: number): string[] {
  if (!text.startsWith('`')) throw new BadBill({ file, line: number }, 'does not begin with a backtick');
  const cells = text.slice(1).split(',`');
  if (cells.length !== count) {
    throw new BadBill({ file, line: number }, `has ${cells.length} cells, the header ${count}`);
  }
  return cells;
}

function kindOf(row: Row): BillEntry['kind'] {
  const state = row.text('交易状态');
  if (state === 'SUCCESS') return 'payment';
  if (state === 'REVOKED') return 'reversal';
  if (state === 'REFUND') return 'refund';
  throw row.fail('交易状态', `${JSON.stringify(state.slice(0, 60))} is none of SUCCESS, REFUND, REVOKED`);
}

/** "0.60%" -> 6000 millionths; null where the row doesn't tell it. */
function rateOf(row: Row): number | null {
  const [, whole = '', decimals = ''] = /^(\d{1,2})(?:\.(\d{1,4}))?%$/.exec(row.text('费率')) ?? [];
  return whole === '' ? null : Number(`${whole}${decimals.padEnd(4, '0')}`);
}

const ofPayments = ['应结订单金额', '订单金额'] as const;
const ofRefunds = ['退款金额', '申请退款金额'] as const;

/** A row is a payment or gives one back: the other's columns are 0.00, or the totals would mean something else. */
function mustBeZero(row: Row, names: readonly string[]): void {
  for (const name of names)
    if (row.fen(name) !== 0) throw row.fail(name, 'is not 0.00, as on rows of this kind');
}

function entryOf(row: Row): BillEntry {
  const kind = kindOf(row);
  const isPayment = kind === 'payment';
  mustBeZero(row, isPayment ? ofRefunds : ofPayments);
  const amountColumn = isPayment ? '订单金额' : '申请退款金额';
  const amount_fen = row.fen(amountColumn);
  const settled_fen = row.fen(isPayment ? '应结订单金额' : '退款金额');
  if (amount_fen < 0) throw row.fail(amountColumn, 'is below zero');
  if (row.text('货币种类') !== 'CNY') throw row.fail('货币种类', 'is not CNY');
  const kept_fen = amount_fen - settled_fen;
  return {
    line: row.line,
    kind,
    orderNumber: row.filled('商户订单号'),
    refundNumber: kind === 'refund' ? row.filled('商户退款单号') : null,
    acquirerNumber: row.filled('微信订单号'),
    amount_fen,
    fee_fen: row.fen('手续费'),
    discount_fen: isPayment ? kept_fen : negated(kept_fen),
    rate_ppm: rateOf(row),
    time: row.time('交易时间'),
    status: isPayment ? 'SUCCESS' : `${row.text('交易状态')} ${row.text('退款状态')}`.trim(),
    terminal: row.text('设备号') || null,
  };
}

/** All rows are of one day, and the bill names it nowhere else. */
function billDateOf({ file, billDate }: BillSource, entries: readonly BillEntry[]): string {
  const first = billDate ?? entries[0]?.time.slice(0, 10);
  if (first === undefined || !isDate(first)) {
    throw new BadBill({ file }, 'holds no row that names its day: give the date');
  }
  for (const { time, line } of entries) {
    if (time.slice(0, 10) !== first) {
      throw new BadBill({ file, line, column: '交易时间' }, `${time} is not of ${first}`);
    }
  }
  return first;
}

/** What the shop gets, by the totals that the file states. */
function statedPayout(file: string, rows: readonly Row[], lines: readonly [Line, Line]): number {
  const [head, foot] = lines;
  const names = head.text.split(',');
  const needed = [COUNT_column, ...Object.keys(totalColumns)];
  const places = columnsOf(file, { number: head.number, names }, needed);
  const totals = rowOf(file, foot, cellsOf(file, foot, names.length), places);
  const place = (column: string) => ({ file, line: foot.number, column });
  // The public sample writes "45.0".
  const count = /^(\d{1,9})(?:\.0+)?$/.exec(totals.text(COUNT_column))?.[1];
  if (count === undefined) throw totals.fail(COUNT_column, 'is no number of rows');
  mustAgree(place(COUNT_column), Number(count), rows.length);
  for (const [total, column] of Object.entries(totalColumns)) {
    const summed = sumOf(rows, (row) => row.fen(column));
    mustAgree(place(total), totals.fen(total), summed);
  }
  return totals.fen('应结订单总金额') - totals.fen('退款总金额') - totals.fen('手续费总金额');
}

/** @throws BadBill */
export function readWechatpayBill(source: BillSource): Bill {
  const { file, bytes } = source;
  const [header, ...rest] = linesOf(file, bytes, 'utf-8');
  const names = header?.text.split(',') ?? [];
  const places = columnsOf(file, { number: header?.number ?? 1, names }, columns);
  const [foot, head, ...lines] = rest.toReversed();
  if (foot === undefined || head === undefined || !head.text.startsWith(COUNT_column)) {
    throw new BadBill(
      { file },
      `the totals (${COUNT_column}) are not its last two lines: the file is cut short`,
    );
  }
  const rows = lines.toReversed().map((line) => rowOf(file, line, cellsOf(file, line, names.length), places));
  for (const row of rows) mustBeOf(source, { file, line: row.line, column: '商户号' }, row.text('商户号'));
  const entries = rows.map(entryOf);
  const payout_fen = statedPayout(file, rows, [head, foot]);
  const billDate = billDateOf(source, entries);
  return { rail: 'wechatpay', file, billDate, entries, totals: totalsOf(entries, payout_fen) };
}

// UnionPay's statement of one clearing day: the file INN<yyMMdd>88ZM_<merchant> out of the zip that 76/01 brings. GBK text without
// header or totals, fields by their place in bytes (unionpay-fields.ts); letters before amounts: C the shop gets, D the shop pays.
import { BadBill, type Bill, type BillEntry, type BillSource, isDate, mustBeOf } from './bill.ts';
import type { Row } from './row.ts';
import { sumOf, totalsOf } from './sums.ts';
import { byteLinesOf } from './text.ts';
import { filled_fen, signed_fen, timeOf, unionpayRow, wholeAmount_fen } from './unionpay-row.ts';

/** 交易类型; the void of a purchase (消费撤销) gives the whole order back. */
const kinds: Readonly<Record<string, BillEntry['kind']>> = {
  '01': 'payment',
  '04': 'refund',
  '31': 'reversal',
};

const words = { payment: '消费', refund: '退货', reversal: '消费撤销' } as const;

/**
 * What is cleared of the order, and what of that is settled: 结算金额 is the one less the fee, as the specification has it. Which
 * letter a fee has is told for purchases only, so its direction is taken from what is settled, and its amount must be the same.
 */
function moneyOf(
  row: Row,
  kind: BillEntry['kind'],
): { amount_fen: number; cleared_fen: number; fee_fen: number } {
  const amount_fen = wholeAmount_fen(row);
  const ours_fen = kind === 'payment' ? amount_fen : 0 - amount_fen;
  // A zero without its letter stands in this file where nothing is.
  const isFilled = !/^0*$/.test(row.text('清算金额'));
  const cleared_fen = (isFilled ? signed_fen(row, '清算金额') : null) ?? ours_fen;
  if (kind === 'payment' ? cleared_fen < 0 : cleared_fen > 0)
    throw row.fail('清算金额', `${row.text('清算金额')} has the wrong letter for a ${kind}`);
  const settled_fen = filled_fen(row, '结算金额');
  const fee_fen = cleared_fen - settled_fen;
  const told_fen = filled_fen(row, '商户手续费');
  if (Math.abs(fee_fen) !== Math.abs(told_fen))
    throw row.fail(
      '结算金额',
      `${settled_fen} fen is not ${cleared_fen} less a fee of ${Math.abs(told_fen)}`,
    );
  if ((signed_fen(row, '二级商户分账入账金额') ?? 0) !== 0)
    throw row.fail('二级商户分账入账金额', 'is not zero: shares of other merchants are not read');
  if (filled_fen(row, '清算净额') !== settled_fen)
    throw row.fail('清算净额', `is not ${row.text('结算金额')}, what is settled`);
  return { amount_fen, cleared_fen, fee_fen };
}

function entryOf(row: Row, billDate: string): BillEntry {
  const type = row.text('交易类型');
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined)
    throw row.fail(
      '交易类型',
      `${JSON.stringify(type)} is none of ${Object.keys(kinds).toSorted().join(', ')}`,
    );
  const { amount_fen, cleared_fen, fee_fen } = moneyOf(row, kind);
  const own = row.filled('商户订单号');
  const isPayment = kind === 'payment';
  return {
    line: row.line,
    kind,
    orderNumber: isPayment ? own : row.filled('原始交易订单号'),
    refundNumber: kind === 'refund' ? own : null,
    acquirerNumber: row.filled(isPayment ? '查询流水号' : '原交易查询流水号'),
    amount_fen,
    fee_fen,
    discount_fen: (isPayment ? amount_fen : 0 - amount_fen) - cleared_fen,
    rate_ppm: null,
    time: timeOf(row, billDate),
    status: `${type} ${words[kind]}`,
    terminal: row.text('终端号') || null,
  };
}

/** The file's name is the only place that says its day. */
function billDateOf({ file, billDate: wanted }: BillSource): string {
  const [, year = '', month = '', day = '', what = ''] = /^INN(\d\d)(\d\d)(\d\d)..(ZME?)_/.exec(file) ?? [];
  if (what === 'ZME')
    throw new BadBill({ file }, 'is the file of errors: its neighbour ...ZM_... is the bill');
  const named = what === '' ? null : `20${year}-${month}-${day}`;
  if (named !== null && !isDate(named))
    throw new BadBill({ file }, `its name says ${named}, which is no date`);
  if (named !== null && wanted !== null && named !== wanted)
    throw new BadBill({ file }, `its name says ${named}, not ${wanted}`);
  const billDate = wanted ?? named;
  if (billDate === null)
    throw new BadBill({ file }, 'is not named INNyyMMdd..ZM_, and nothing else names its day: give the date');
  return billDate;
}

function mustBeOneMerchant(source: BillSource, rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const merchant = first.filled('商户代码');
  mustBeOf(source, { file: source.file, line: first.line, column: '商户代码' }, merchant);
  const other = rows.find((row) => row.text('商户代码') !== merchant);
  if (other !== undefined) throw other.fail('商户代码', `is not ${merchant}, as on the first line`);
}

/** @throws BadBill */
export function readUnionpayBill(source: BillSource): Bill {
  const { file, bytes } = source;
  const billDate = billDateOf(source);
  const rows = byteLinesOf(file, bytes).map((line) => unionpayRow(file, line));
  mustBeOneMerchant(source, rows);
  const entries = rows.map((row) => entryOf(row, billDate));
  // The file has no line of totals: what it states is the sum of what each line says is settled.
  const payout_fen = sumOf(rows, (row) => filled_fen(row, '清算净额'));
  return { rail: 'unionpay', file, billDate, entries, totals: totalsOf(entries, payout_fen) };
}

// The gateway's bill, as docs/gateway-protocol.md defines it: UTF-8, whole fen, one clearing day, a last line with totals.
import { BadBill, type Bill, type BillEntry, type BillSource, isDate, mustBeOf } from './bill.ts';
import { columnsOf, type Row, rowOf } from './row.ts';
import { mustAgree, sumOf, totalsOf } from './sums.ts';
import { type Line, linesOf } from './text.ts';

const columns = [
  'type',
  'merchantOrderId',
  'refundRequestId',
  'orderId',
  'terminalCode',
  'amount',
  'fee',
  'time',
  'settlementDate',
] as const;

const kinds: Readonly<Record<string, BillEntry['kind']>> = {
  PAY: 'payment',
  REFUND: 'refund',
  VOID: 'reversal',
  REVERSAL: 'reversal',
};

/** `20261123` -> `2026-11-23` */
function dashed(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function cellsOf(file: string, { number, text }: Line, count: number): string[] {
  const cells = text.split(',');
  if (cells.length === count) return cells;
  throw new BadBill({ file, line: number }, `has ${cells.length} cells, not ${count}`);
}

function entryOf(row: Row, billDate: string): BillEntry {
  const type = row.text('type');
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) {
    throw row.fail(
      'type',
      `${JSON.stringify(type.slice(0, 60))} is none of ${Object.keys(kinds).join(', ')}`,
    );
  }
  const amount_fen = row.whole('amount');
  if (amount_fen < 0) throw row.fail('amount', 'is below zero');
  if (dashed(row.text('settlementDate')) !== billDate) throw row.fail('settlementDate', `is not ${billDate}`);
  return {
    line: row.line,
    kind,
    orderNumber: row.filled('merchantOrderId'),
    refundNumber: kind === 'refund' ? row.filled('refundRequestId') : null,
    acquirerNumber: row.filled('orderId'),
    amount_fen,
    fee_fen: row.whole('fee'),
    discount_fen: 0,
    rate_ppm: null,
    time: row.time('time'),
    status: type,
    terminal: row.text('terminalCode') || null,
  };
}

function billDateOf(source: BillSource, first: Line): string {
  const { file, billDate: wanted } = source;
  const [mark, version, merchant = '', date = ''] = cellsOf(file, first, 4);
  const place = { file, line: first.number };
  if (mark !== 'BILL' || version !== '1') throw new BadBill(place, 'does not begin with BILL,1');
  const billDate = dashed(date);
  if (!isDate(billDate)) throw new BadBill({ ...place, column: 'settlementDate' }, 'is no date yyyyMMdd');
  if (wanted !== null && wanted !== billDate) throw new BadBill(place, `is of ${billDate}, not of ${wanted}`);
  mustBeOf(source, place, merchant);
  return billDate;
}

const totalNames = ['payments', 'paid', 'givenBacks', 'givenBack', 'fees'] as const;

function checkTotals(file: string, line: Line, entries: readonly BillEntry[]): number {
  const [mark, ...cells] = cellsOf(file, line, totalNames.length + 1);
  if (mark !== 'END') throw new BadBill({ file, line: line.number }, 'is not END: the file is cut short');
  const places = new Map(totalNames.map((name, index) => [name, index]));
  const stated = rowOf(file, line, cells, places);
  const totals = totalsOf(entries, 0);
  const rows = {
    payments: totals.payments,
    paid: totals.paid_fen,
    givenBacks: totals.givenBack,
    givenBack: totals.givenBack_fen,
    fees: sumOf(entries, (entry) => entry.fee_fen),
  };
  for (const column of totalNames) {
    mustAgree({ file, line: line.number, column }, stated.whole(column), rows[column]);
  }
  return stated.whole('paid') - stated.whole('givenBack') - stated.whole('fees');
}

/** @throws BadBill */
export function readGatewayBill(source: BillSource): Bill {
  const { file, bytes } = source;
  const [first, header, ...rest] = linesOf(file, bytes, 'utf-8');
  if (first === undefined) throw new BadBill({ file }, 'is empty');
  const billDate = billDateOf(source, first);
  const last = rest.at(-1);
  if (header === undefined || last === undefined) throw new BadBill({ file }, 'has no END: it is cut short');
  const names = header.text.split(',');
  const places = columnsOf(file, { number: header.number, names }, columns);
  const entries = rest
    .slice(0, -1)
    .map((line) => entryOf(rowOf(file, line, cellsOf(file, line, names.length), places), billDate));
  const totals = totalsOf(entries, checkTotals(file, last, entries));
  return { rail: 'gateway', file, billDate, entries, totals };
}

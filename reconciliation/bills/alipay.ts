// Alipay's trade bill (业务明细): GBK, lines with # before and after the rows, cells that end with a tab, refunds below zero, and
// the service fee below zero where Alipay keeps it. Columns and frame: public samples of integrators (go through
// "#支付宝业务明细查询" in public code); the sign of 服务费 stands in one of them only. Nobody here has seen a bill of a real shop.
import { BadBill, type Bill, type BillEntry, type BillSource, isDate, mustBeOf } from './bill.ts';
import { columnsOf, fenOfYuan, type Row, rowOf } from './row.ts';
import { mustAgree, negated, sumOf, totalsOf } from './sums.ts';
import { type Line, linesOf, startsAsUtf8 } from './text.ts';

const TITLE = '#支付宝业务明细查询';
const BEGIN = /^#-+业务明细列表-+$/;
const END = /^#-+业务明细列表结束-+$/;
const REFUND_number = '退款批次号/请求号';
const GOODS_column = '商品名称';
const MADE_column = '创建时间';

const columns = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '完成时间',
  '门店编号',
  '终端号',
  '订单金额（元）',
  '商家实收（元）',
  '商家优惠（元）',
  REFUND_number,
  '服务费（元）',
  '分润（元）',
] as const;

function kindOf(row: Row): BillEntry['kind'] {
  const type = row.text('业务类型');
  if (type === '交易') return 'payment';
  if (type === '退款') return row.text(REFUND_number) === '' ? 'reversal' : 'refund';
  throw row.fail('业务类型', `${JSON.stringify(type.slice(0, 60))} is neither 交易 nor 退款`);
}

function entryOf(row: Row): BillEntry {
  const kind = kindOf(row);
  const signed_fen = row.fen('订单金额（元）');
  const isPayment = kind === 'payment';
  if (isPayment ? signed_fen < 0 : signed_fen > 0) {
    throw row.fail('订单金额（元）', `${row.text('订单金额（元）')} has the wrong sign for a ${kind}`);
  }
  return {
    line: row.line,
    kind,
    orderNumber: row.filled('商户订单号'),
    refundNumber: kind === 'refund' ? row.text(REFUND_number) : null,
    acquirerNumber: row.filled('支付宝交易号'),
    amount_fen: Math.abs(signed_fen),
    fee_fen: negated(row.fen('服务费（元）') + row.fen('分润（元）')),
    discount_fen: signed_fen - row.fen('商家实收（元）'),
    rate_ppm: null,
    time: row.time('完成时间'),
    status: row.text('业务类型'),
    terminal: row.text('终端号') || row.text('门店编号') || null,
  };
}

/** `#起始日期：[2019年09月16日 00:00:00]   终止日期：[2019年09月17日 00:00:00]` names one whole day. */
function billDateOf(file: string, before: readonly Line[], wanted: string | null): string {
  const line = before.find(({ text }) => text.startsWith('#起始日期'));
  if (line === undefined) throw new BadBill({ file }, 'has no line #起始日期');
  const place = { file, line: line.number, column: '#起始日期' };
  const days = [...line.text.matchAll(/\[(\d{4})年(\d\d)月(\d\d)日 00:00:00\]/g)].map(
    ([, year = '', month = '', day = '']) => `${year}-${month}-${day}`,
  );
  const [from = '', to = ''] = days;
  if (!isDate(from) || !isDate(to)) throw new BadBill(place, 'does not name two days');
  if (Date.parse(to) - Date.parse(from) !== 24 * 3_600_000) throw new BadBill(place, 'is not of one day');
  if (wanted !== null && wanted !== from) throw new BadBill(place, `is of ${from}, not of ${wanted}`);
  return from;
}

/** `#账号：[20880000000000010156]`: the merchant's 16 digits, and four of the account in his currency. Where no line reads so, nothing is asked. */
function checkAccount(source: BillSource, before: readonly Line[]): void {
  const line = before.find(({ text }) => text.startsWith('#账号'));
  const [, merchant = ''] = /\[(2088\d{12})(?:\d{4})?\]/.exec(line?.text ?? '') ?? [];
  if (line === undefined || merchant === '') return;
  mustBeOf(source, { file: source.file, line: line.number, column: '#账号' }, merchant);
}

/** `#交易合计：6笔，商家实收共0.06元，商家优惠共0.00元`; the same with 退款 for refunds. */
const totalLines = {
  payment: /^#交易合计：(\d{1,9})笔，商家实收共(-?[\d.]+)元，商家优惠共(-?[\d.]+)元$/,
  givenBack: /^#退款合计：(\d{1,9})笔，商家实收退款共(-?[\d.]+)元，商家优惠退款共(-?[\d.]+)元$/,
} as const;

/** Checks one line of totals. @returns 商家实收 as it states it, with its sign. */
function checkTotals(
  file: string,
  after: readonly Line[],
  which: keyof typeof totalLines,
  rows: readonly Row[],
): number {
  const name = which === 'payment' ? '#交易合计' : '#退款合计';
  const line = after.find(({ text }) => text.startsWith(name));
  if (line === undefined) throw new BadBill({ file }, `has no line ${name}: the file is cut short`);
  const place = { file, line: line.number, column: name };
  const [, count = '', received = '', discount = ''] = totalLines[which].exec(line.text.trim()) ?? [];
  const [received_fen, discount_fen] = [fenOfYuan(received), fenOfYuan(discount)];
  if (count === '' || received_fen === null || discount_fen === null) {
    throw new BadBill(place, 'does not read as totals');
  }
  mustAgree(place, Number(count), rows.length);
  mustAgree(
    place,
    received_fen,
    sumOf(rows, (row) => row.fen('商家实收（元）')),
  );
  mustAgree(
    place,
    discount_fen,
    sumOf(rows, (row) => row.fen('商家优惠（元）')),
  );
  return received_fen;
}

function framed(file: string, lines: readonly Line[]): { before: Line[]; rows: Line[]; after: Line[] } {
  const begin = lines.findIndex(({ text }) => BEGIN.test(text.trim()));
  const end = lines.findIndex(({ text }) => END.test(text.trim()));
  if (begin < 0) throw new BadBill({ file }, 'has no line 业务明细列表');
  if (end < begin) throw new BadBill({ file }, 'has no line 业务明细列表结束: the file is cut short');
  return { before: lines.slice(0, begin), rows: lines.slice(begin + 1, end), after: lines.slice(end + 1) };
}

/** A quoted cell runs to the quote that a comma or the end follows; a quote inside any other is a character of it. */
const CELL = /"((?:[^"]|"")*)"[ \t]*(?=,|$)|[^,]*/y;

function cut(text: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at = CELL.lastIndex + 1) {
    CELL.lastIndex = at;
    const [plain = '', quoted] = CELL.exec(text) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
  }
  return cells;
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*$/;

/**
 * No public sample shows how Alipay writes a goods name with a comma. Unquoted, the cells too many are the name's, but only where both times
 * then stand in their columns: the comma of any other text moves none of them there, and the row is refused.
 */
function cellsOf(file: string, line: Line, names: readonly string[]): string[] {
  const cells = cut(line.text);
  const surplus = cells.length - names.length;
  if (surplus === 0) return cells;
  const place = (column: string) => names.findIndex((name) => name.trim() === column);
  const at = place(GOODS_column);
  const areTimes = [MADE_column, '完成时间'].every((name) => TIME.test(cells[place(name) + surplus] ?? ''));
  if (surplus < 0 || at < 0 || !areTimes || place(MADE_column) !== at + 1) {
    throw new BadBill({ file, line: line.number }, `has ${cells.length} cells, the header ${names.length}`);
  }
  const end = at + surplus + 1;
  return [...cells.slice(0, at), cells.slice(at, end).join(','), ...cells.slice(end)];
}

/** @throws BadBill */
export function readAlipayBill(source: BillSource): Bill {
  const { file, bytes, billDate: wanted } = source;
  if (startsAsUtf8(bytes, TITLE)) throw new BadBill({ file, line: 1 }, 'is UTF-8 text: the bill is GBK');
  const lines = linesOf(file, bytes, 'gbk');
  if (lines[0]?.text.trim() !== TITLE) throw new BadBill({ file, line: 1 }, `is not ${TITLE}`);
  const { before, rows: table, after } = framed(file, lines);
  checkAccount(source, before);
  const [header, ...rest] = table;
  if (header === undefined) throw new BadBill({ file }, 'has no line that names the columns');
  const names = header.text.split(',');
  const places = columnsOf(file, { number: header.number, names }, columns);
  const rows = rest.map((line) => rowOf(file, line, cellsOf(file, line, names), places));
  const entries = rows.map(entryOf);
  const isPayment = (row: Row) => kindOf(row) === 'payment';
  const paid_fen = checkTotals(file, after, 'payment', rows.filter(isPayment));
  const back_fen = checkTotals(
    file,
    after,
    'givenBack',
    rows.filter((row) => !isPayment(row)),
  );
  const fees_fen = sumOf(entries, (entry) => entry.fee_fen);
  const totals = totalsOf(entries, paid_fen + back_fen - fees_fen);
  return { rail: 'alipay', file, billDate: billDateOf(file, before, wanted), entries, totals };
}

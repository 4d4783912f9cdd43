// What each reader takes, and what it refuses: with the place, and never with half a bill.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Formatter } from 'wechatpay-axios-plugin';
import { makeBillDay, plantNames } from '../../fixtures/bills/day.ts';
import { unionpayFileName } from '../../fixtures/bills/unionpay.ts';
import { BadBill, type Rail } from './bill.ts';
import { readBill } from './read.ts';
import { fenOfYuan } from './row.ts';

function textOf(rail: Rail): string {
  const { bill } = makeBillDay(rail, 5, plantNames);
  return rail === 'alipay' ? iconv.decode(Buffer.from(bill), 'gbk') : Buffer.from(bill).toString('utf8');
}

function read(rail: Rail, text: string, billDate: string | null = null) {
  const bytes = rail === 'alipay' ? iconv.encode(text, 'gbk') : Buffer.from(text);
  return readBill(rail, { file: 'day.csv', bytes, billDate });
}

/** The refusal of this text. */
function refusal(rail: Rail, text: string, billDate: string | null = null): string {
  try {
    read(rail, text, billDate);
  } catch (error) {
    if (error instanceof BadBill) return error.message;
    throw error;
  }
  return 'taken';
}

function changedLine(text: string, line: number, change: (old: string) => string): string {
  const lines = text.split('\n');
  return lines.map((old, index) => (index + 1 === line ? change(old) : old)).join('\n');
}

/** The first line that has this text, from 1. */
function lineWith(text: string, wanted: string): number {
  return text.split('\n').findIndex((each) => each.includes(wanted)) + 1;
}

it.each([
  ['wechatpay', '1900000001', 'line 2, column 商户号: is of merchant "1900000001", not of 1900000002'],
  ['unionpay', '777290058110048', 'line 1, column 商户代码: is of merchant "777290058110048", not of'],
  ['alipay', '2088000000000000', 'line 2, column #账号: is of merchant "2088000000000000", not of'],
  ['gateway', '898310000000001', 'line 1: is of merchant "898310000000001", not of'],
] as const)("another shop's bill of %s is refused whole, by the number on it", (rail, merchant, message) => {
  const { bill } = makeBillDay(rail, 5, plantNames);
  const file = rail === 'unionpay' ? unionpayFileName('2026-11-22') : 'day.csv';
  const source = { file, bytes: bill, billDate: null };
  expect(readBill(rail, { ...source, merchant }).entries.length).toBeGreaterThan(5);
  const other = `${merchant.slice(0, -1)}${rail === 'wechatpay' ? 2 : 9}`;
  expect(() => readBill(rail, { ...source, merchant: other })).toThrow(`${file}, ${message}`);
});

it.each([
  ['no such line', () => '#备注'],
  ['an account that is no number of a merchant', () => '#账号：[shop@example.com]'],
])("of Alipay's bill with %s nobody is asked whose it is", (_, change) => {
  const { bill } = makeBillDay('alipay', 5, plantNames);
  const text = changedLine(iconv.decode(bill, 'gbk'), 2, change);
  const source = { file: 'day.csv', bytes: iconv.encode(text, 'gbk'), billDate: null };
  expect(readBill('alipay', { ...source, merchant: '2088999999999999' }).entries.length).toBeGreaterThan(5);
});

it('reads yuan digit by digit', () => {
  const cases: [string, number | null][] = [
    ['0.01', 1],
    ['12', 1200],
    ['12.3', 1230],
    ['-0.50', -50],
    ['-0.00', 0],
    ['0.01000', 1],
    ['90071992.41', 9_007_199_241],
    ['0.001', null],
    ['1e3', null],
    ['1,000.00', null],
    ['+1', null],
    ['.5', null],
    ['', null],
    ['１', null],
    ['9999999999', null],
  ];
  for (const [text, fen] of cases) expect(fenOfYuan(text), text).toBe(fen);
});

describe('WeChat Pay', () => {
  const text = textOf('wechatpay');

  it('reads the same rows as the public client of others', () => {
    const theirs = Formatter.castCsvBill(text) as {
      rows: Record<string, string>[];
      summary: Record<string, string>;
    };
    const ours = read('wechatpay', text);
    expect(ours.entries.length).toBe(theirs.rows.length);
    expect(theirs.summary['总交易单数']).toBe(String(ours.entries.length));
    const yuan = (fen: number) => (fen / 100).toFixed(2);
    for (const [index, entry] of ours.entries.entries()) {
      const row = theirs.rows[index];
      expect(row?.['商户订单号']).toBe(entry.orderNumber);
      const amount = entry.kind === 'payment' ? row?.['订单金额'] : row?.['申请退款金额'];
      expect(amount).toBe(yuan(entry.amount_fen));
      expect(row?.['手续费']).toBe(`${yuan(entry.fee_fen)}000`);
    }
  });

  it('names what is wrong, and where', () => {
    const first = 2;
    const totals = lineWith(text, '总交易单数') + 1;
    const say = (change: (old: string) => string, line = first) =>
      refusal('wechatpay', changedLine(text, line, change));
    expect(say((old) => old.replace('`CNY', '`USD'))).toBe('day.csv, line 2, column 货币种类: is not CNY');
    expect(say((old) => old.replace(/\d\d:\d\d:\d\d/, '25:00:00'))).toMatch(/line 2, column 交易时间/);
    expect(say((old) => old.replace(/`SUCCESS,|`REFUND,|`REVOKED,/, '`PAID,'))).toMatch(
      /column 交易状态: "PAID"/,
    );
    expect(say((old) => old.replace('2026-11-24', '2026-11-23'))).toMatch(/column 交易时间: .* is not of/);
    const payment = lineWith(text, '`SUCCESS,`OTHERS');
    expect(say((old) => old.replace('`0,`0,`0.00', '`0,`0,`1.00'), payment)).toMatch(
      /column 退款金额: is not 0.00, as on rows of this kind/,
    );
    expect(say((old) => old.slice(1))).toMatch(/line 2: does not begin with a backtick/);
    expect(say((old) => `${old},\`x`)).toMatch(/line 2: has 28 cells, the header 27/);
    expect(say((old) => old.replace('手续费', '费'), 1)).toBe('day.csv, line 1, column 手续费: is missing');
    expect(say((old) => old.replace(/,`[\d.]+,`[\d.]+,`/, ',`1.00,`2.00,`'), totals)).toMatch(
      /column 应结订单总金额: the total says 100, the rows amount to/,
    );
    expect(refusal('wechatpay', text.split('\n').slice(0, 9).join('\n'))).toMatch(/cut short/);
    const lost = text.split('\n').toSpliced(3, 1).join('\n');
    expect(refusal('wechatpay', lost)).toMatch(/column 总交易单数: the total says/);
    expect(refusal('wechatpay', '')).toBe('day.csv: is empty');
    const gbk = { file: 'day.csv', bytes: iconv.encode(text, 'gbk'), billDate: null };
    expect(() => readBill('wechatpay', gbk)).toThrow('day.csv: is not UTF-8 text');
  });

  it('takes no amount finer than a fen, and none that is no number', () => {
    const fee = (value: string) =>
      refusal(
        'wechatpay',
        changedLine(text, 2, (old) => old.replace(/`-?[\d.]+,`0\.38%/, `\`${value},\`0.38%`)),
      );
    expect(fee('0.00500')).toMatch(/line 2, column 手续费: "0.00500" is no amount in yuan and whole fen/);
    expect(fee('NaN')).toMatch(/line 2, column 手续费: "NaN"/);
  });

  it('takes an empty bill of a day that is given, and guesses none', () => {
    const lines = text.split('\n');
    const caption = lineWith(text, '总交易单数') - 1;
    const zero = '`0,`0.00,`0.00,`0.00,`0.00,`0.00,`0.00';
    const empty = [lines[0], lines[caption], zero, ''].join('\n');
    expect(refusal('wechatpay', empty)).toMatch(/give the date/);
    expect(read('wechatpay', empty, '2026-11-24')).toMatchObject({ billDate: '2026-11-24', entries: [] });
    expect(refusal('wechatpay', text, '2026-11-25')).toMatch(/is not of 2026-11-25/);
  });
});

describe('Alipay', () => {
  const text = textOf('alipay');

  it('tells refunds, reversals and fees by their signs', () => {
    const { entries, totals, billDate } = read('alipay', text);
    expect(billDate).toBe('2026-11-24');
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(['payment', 'refund', 'reversal']));
    for (const { kind, fee_fen, amount_fen } of entries) {
      expect(amount_fen).toBeGreaterThan(0);
      if (fee_fen !== 0) expect(fee_fen > 0).toBe(kind === 'payment');
    }
    expect(totals.discounts_fen).toBeGreaterThanOrEqual(0);
  });

  it('names what is wrong, and where', () => {
    const first = lineWith(text, '支付宝交易号') + 1;
    const say = (wanted: string, change: (old: string) => string) =>
      refusal('alipay', changedLine(text, lineWith(text, wanted), change));
    const row = (change: (old: string) => string) => refusal('alipay', changedLine(text, first, change));
    expect(row((old) => old.replace(/交易|退款/, '充值'))).toMatch(
      new RegExp(`line ${first}, column 业务类型: "充值" is neither`),
    );
    expect(row((old) => `${old.trimEnd()},x`)).toMatch(/cells, the header 25/);
    expect(say('#交易合计', (old) => old.replace(/共[\d.]+元/, '共1.00元'))).toMatch(
      /column #交易合计: the total says/,
    );
    expect(say('#退款合计', () => '')).toMatch(/has no line #退款合计: the file is cut short/);
    expect(say('列表结束', () => '')).toMatch(/业务明细列表结束: the file is cut short/);
    expect(say('#起始日期', (old) => old.replace('25日', '26日'))).toMatch(/is not of one day/);
    expect(say('支付宝交易号', (old) => old.replace('终端号', '终端'))).toMatch(/column 终端号: is missing/);
    expect(say('支付宝交易号', (old) => old.replace('备注', '终端号'))).toMatch(
      /column 终端号: stands there twice/,
    );
    expect(refusal('alipay', text, '2026-11-25')).toMatch(/is of 2026-11-24, not of 2026-11-25/);
    const utf8 = { file: 'day.csv', bytes: Buffer.from(`\uFEFF${text}`), billDate: null };
    expect(() => readBill('alipay', utf8)).toThrow('day.csv, line 1: is UTF-8 text: the bill is GBK');
  });

  it.each([
    ['a comma', '老王,便利店'],
    ['several commas at each end', ',老王,,便利店,'],
    ['a comma in quotes', '"老王,便利店"\t'],
    ['quotes in quotes', '"老王""24h"",便利店"'],
    ['a quote that closes nowhere', '"老王,5"便利店'],
    ['a time of its own', '老王,2026-11-24 10:00:00'],
  ])('a goods name with %s changes nothing that counts', (_, name) => {
    const named = text.replaceAll('示例便利店', name);
    expect(named).not.toBe(text);
    expect(read('alipay', named)).toEqual(read('alipay', text));
  });

  it('a comma in any other text refuses the row: which cell it belongs to nobody can tell', () => {
    const first = lineWith(text, '支付宝交易号') + 1;
    const row = (change: (old: string) => string) => refusal('alipay', changedLine(text, first, change));
    const message = `day.csv, line ${first}: has 26 cells, the header 25`;
    expect(row((old) => old.replace('SHOP-18', 'SHOP,18'))).toBe(message);
    expect(row((old) => old.replace('*某(', '*某,('))).toBe(message);
    expect(row((old) => old.replace('示例便利店,', ''))).toMatch(/has 24 cells, the header 25/);
    expect(row((old) => old.replace('*某(138****00)', '"*某,(138****00)"'))).toBe('taken');
  });
});

describe('gateway', () => {
  const text = textOf('gateway');

  it('names what is wrong, and where', () => {
    const say = (line: number, change: (old: string) => string) =>
      refusal('gateway', changedLine(text, line, change));
    expect(say(1, (old) => old.replace('BILL', 'BULL'))).toMatch(/line 1: does not begin with BILL,1/);
    expect(say(1, (old) => old.replace('20261124', '20261332'))).toMatch(/column settlementDate: is no date/);
    expect(say(3, (old) => old.replace(/^[A-Z]+/, 'CHARGE'))).toMatch(/line 3, column type: "CHARGE"/);
    expect(say(3, (old) => old.replace('20261124', '20261125'))).toMatch(/line 3, column settlementDate/);
    expect(say(3, (old) => old.replace(/,(\d+),(-?\d+),2026/, ',$1.5,$2,2026'))).toMatch(
      /line 3, column amount/,
    );
    expect(say(3, (old) => old.replace(/,(\d+),(-?\d+),2026/, ',-$1,$2,2026'))).toMatch(
      /amount: is below zero/,
    );
    expect(say(3, (old) => old.replace(/^[A-Z]+,/, '$&\u001b[2J'))).toBe(
      'day.csv, line 3, column merchantOrderId: holds a control character',
    );
    expect(say(lineWith(text, 'END'), () => '')).toMatch(/the file is cut short|has \d+ cells/);
    expect(refusal('gateway', text.split('\n').toSpliced(4, 1).join('\n'))).toMatch(/the total says/);
    expect(refusal('gateway', text.split('\n')[0] ?? '')).toMatch(/cut short/);
    expect(read('gateway', text.replaceAll('\n', '\r\n'))).toEqual(read('gateway', text));
  });
});

// The table for a spreadsheet.
import { expect, it } from 'vitest';
import type { BillEntry } from './bills/bill.ts';
import { classes, classNames } from './classes.ts';
import { csvOf } from './csv.ts';
import { reconcile } from './reconcile.ts';
import { yuan } from './bills/sums.ts';
import { summaryLines } from './summary.ts';
import { billOf, entryOf, ORDER, orderOf, TERMINAL } from './testing/made.ts';

function resultOf(entries: readonly BillEntry[]) {
  const books = {
    orders: [orderOf({})],
    giveBacks: [],
    terminals: new Set([TERMINAL]),
    epochs: new Set([3]),
  };
  return reconcile(billOf(entries), books, { routeIds: new Set(['wechat']), rate_ppm: null });
}

/** RFC 4180, as any spreadsheet reads it. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

it('has a row for each finding, with figures that add up', () => {
  const result = resultOf([entryOf({ fee_fen: 4 }), entryOf({ orderNumber: 'WEB-1', amount_fen: 250 })]);
  const csv = csvOf(result);
  expect(csv.startsWith('\uFEFFclass,')).toBe(true);
  const [head = [], ...rows] = cellsOf(csv.slice(1));
  expect(rows.length).toBe(2);
  const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
  expect(column('class')).toEqual(['matched', 'missingHere']);
  expect(column('effect_fen')).toEqual(['0', '250']);
  expect(column('kept_fen')).toEqual(['4', '0']);
  expect(column('bill_lines')).toEqual(['2', '3']);
  expect(column('journal_records')).toEqual(['7 8', '']);
});

it.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\t=1', ' =1', '=HYPERLINK("http://x","y")', '"=1'])(
  'keeps %j a text',
  (orderNumber) => {
    const csv = csvOf(resultOf([entryOf({ orderNumber, status: orderNumber })]));
    for (const cell of cellsOf(csv.slice(1)).slice(1).flat()) {
      if (!/^-?\d*$/.test(cell)) expect(cell).toMatch(/^(?![\s]*[=+\-@]).|^-$/s);
    }
    expect(cellsOf(csv.slice(1)).flat().join('|')).toContain(orderNumber);
  },
);

it('keeps a long number whole', () => {
  const orderNumber = '2026000200300000112345678';
  const csv = csvOf(resultOf([entryOf({ orderNumber })]));
  expect(cellsOf(csv.slice(1)).flat()).toContain(`'${orderNumber}`);
});

it('says every class in both languages', () => {
  for (const name of classNames) {
    const { next, name: word } = classes[name];
    for (const zh of [next.zh, word.zh]) expect(zh).toMatch(/[\u4e00-\u9fff]/);
    for (const en of [next.en, word.en]) expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

it('prints what adds up, then each difference with its evidence', () => {
  const text = summaryLines(
    resultOf([entryOf({ fee_fen: 4 }), entryOf({ orderNumber: 'WEB-1', amount_fen: 250 })]),
  );
  expect(text.slice(0, 6).map((line) => line.replace(/\s+/g, ' '))).toEqual([
    'wechatpay 2026-11-24',
    ' 10.00 本机净额 / till, net',
    ' 2.50 本机无此单 / not known here x 1',
    ' -0.04 手续费与优惠 / fees and discounts kept',
    ' 12.46 账单净额 / bill, paid out',
    ' 0.00 未解释 / unexplained',
  ]);
  expect(text.join('\n')).toMatch(
    /missingHere .*: WEB-1, 2.50\n {4}here: {2}-\n {4}there: 收款 payment SUCCESS 2.50/,
  );
  expect(text.at(-1)).toBe('1 agree, 1 differ');
  expect(text.join('\n')).not.toContain(ORDER);
  expect([yuan(-5), yuan(0), yuan(123_456)]).toEqual(['-0.05', '0.00', '1234.56']);
});

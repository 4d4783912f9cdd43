import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { center, displayWidth, itemRows, twoColumns, wrap } from './columns.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`columns.test seed ${seed}`);

/** Sanitised text of the kinds that receipts hold. */
const receiptText = fc
  .array(fc.constantFrom('珍', '珠', '奶', '茶', 'a', 'B', '7', ' ', '，', '。', '（', '.', '-', '￥'), {
    maxLength: 80,
  })
  .map((characters) => characters.join(''));
const columns = fc.constantFrom(16, 24, 32, 48);

describe('wrap', () => {
  it('breaks between Chinese characters and between words, not inside words', () => {
    expect(wrap('大杯珍珠奶茶', 8)).toEqual(['大杯珍珠', '奶茶']);
    expect(wrap('large milk tea', 10)).toEqual(['large milk', 'tea']);
    expect(wrap('奶茶milk', 6)).toEqual(['奶茶', 'milk']);
  });

  it('does not start a line with a closing mark', () => {
    expect(wrap('大杯奶茶，热', 8)).toEqual(['大杯奶', '茶，热']);
  });

  it('cuts a word that is wider than the line', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('gives one empty line for empty text', () => {
    expect(wrap('', 10)).toEqual(['']);
  });

  it('keeps every character but spaces, in order, within the width', () => {
    fc.assert(
      fc.property(receiptText, columns, (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { seed },
    );
  });
});

describe('two columns', () => {
  it('puts the price at the right edge, by display width', () => {
    expect(twoColumns('合计', '￥128.00', 20)).toEqual(['合计        ￥128.00']);
    expect(displayWidth('合计        ￥128.00')).toBe(20);
  });

  it('wraps the left text and keeps the price whole on the last line', () => {
    expect(twoColumns('微信支付优惠立减活动', '-1.00', 16)).toEqual(['微信支付优', '惠立减活动 -1.00']);
  });

  it('gives a price that leaves no room its own line', () => {
    expect(twoColumns('应收合计金额', '￥1234567.00', 16)).toEqual(['应收合计金额', '    ￥1234567.00']);
  });

  it('cuts a right side only where it is wider than the paper', () => {
    expect(twoColumns('合计', '12345 67890', 8)).toEqual(['合计', '   12345', '   67890']);
  });

  it('never wraps a price and always ends at the right edge', () => {
    const price = fc.integer({ min: 0, max: 99_999_999 }).map((fen) => `￥${Math.floor(fen / 100)}.00`);
    fc.assert(
      fc.property(receiptText, price, columns, (left, right, width) => {
        const rows = twoColumns(left, right, width);
        expect(rows.at(-1)?.endsWith(right)).toBe(true);
        expect(displayWidth(rows.at(-1) ?? '')).toBe(width);
        for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(width);
      }),
      { seed },
    );
  });
});

it('lays out an item in two rows', () => {
  expect(itemRows({ name: '可口可乐', quantity: '2', unitPrice: '3.50', amount: '7.00' }, 32)).toEqual([
    '可口可乐',
    '  2 x 3.50                  7.00',
  ]);
});

it('centres by display width', () => {
  expect(center('重印', 8)).toBe('  重印  ');
});

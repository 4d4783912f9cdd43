// The catalogue: a good file is found by barcode and by a few letters; a bad one is refused with every bad row named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasValidCheckDigit, openCatalogue, parseCsv } from './catalogue.ts';

const HEADER = 'barcode,name_zh,name_en,unit,price_fen,tax_bp,category';
const TEA = '6901234567892,绿茶 500ml,Green tea 500 ml,瓶,450,1300,饮料';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-catalogue-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function open(content: string | Uint8Array) {
  const file = join(directory, 'goods.csv');
  writeFileSync(file, content);
  return openCatalogue(file);
}

const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;

describe('a good file', () => {
  it('finds goods by barcode, byte order mark and CRLF or not', () => {
    const tea = { barcode: '6901234567892', name_zh: '绿茶 500ml', name_en: 'Green tea 500 ml', unit: '瓶' };
    for (const text of [
      csv(TEA),
      `\uFEFF${csv(TEA)}`,
      csv(TEA).replaceAll('\n', '\r\n'),
      csv(TEA).trimEnd(),
    ]) {
      const catalogue = open(text);
      expect(catalogue.find('6901234567892')).toEqual({ ...tea, price_fen: 450, tax_bp: 1300 });
      expect(catalogue.find('6901234567893')).toBeNull();
      expect(catalogue.count()).toBe(1);
    }
  });

  it('finds by hanzi, letters of either case, category and several words; at most 50', () => {
    const many = Array.from(
      { length: 60 },
      (_, index) => `SKU-${1000 + index},面包 ${index},Bread,个,100,1300,烘焙`,
    );
    const catalogue = open(csv(TEA, ...many));
    expect(catalogue.search('绿').map((goods) => goods.barcode)).toEqual(['6901234567892']);
    expect(catalogue.search('TEA green')).toHaveLength(1);
    expect(catalogue.search('饮料')).toHaveLength(1);
    expect(catalogue.search('bread tea')).toHaveLength(0);
    expect(catalogue.search('烘焙')).toHaveLength(50);
  });

  it('reads quoted fields as RFC 4180 has them', () => {
    expect(parseCsv('a,"b ""c"", d\ne",f\r\n"",x')).toEqual([
      ['a', 'b "c", d\ne', 'f'],
      ['', 'x'],
    ]);
  });
});

describe('a bad file', () => {
  it('names every bad row with what is wrong with it', () => {
    const rows = [
      TEA,
      '6901234567893,茶,Tea,瓶,450,1300,',
      TEA,
      '12,茶,Tea,瓶,450,1300,',
      'SKU-1,,Tea,瓶,450,1300,',
      'SKU-2,茶,Tea,瓶,4.5,1300,',
      'SKU-3,茶,Tea,瓶,-5,1300,',
      'SKU-4,茶,Tea,瓶,0,1300,',
      'SKU-5,茶,Tea,瓶,99999999999,1300,',
      'SKU-6,茶,Tea,瓶,450,13%,',
      'SKU-7,茶,Tea',
    ];
    expect(() => open(csv(...rows))).toThrow(
      expect.objectContaining({
        code: 'E-CFG-02',
        message: expect.stringMatching(
          new RegExp(
            [
              'goods\\.csv:',
              'row 3: barcode 6901234567893: wrong check digit',
              'row 4: barcode 6901234567892 stands there twice',
              'row 5: barcode "12"',
              'row 6: name_zh',
              'row 7: price_fen "4.5"',
              'row 8: price_fen "-5"',
              'row 9: price_fen "0"',
              'row 10: price_fen "99999999999"',
              'row 11: tax_bp "13%"',
              'row 12: 3 columns instead of 7',
            ].join('[^]*'),
          ),
        ),
      }),
    );
  });

  it('names twenty and counts the rest', () => {
    const rows = Array.from({ length: 25 }, () => 'x');
    expect(() => open(csv(...rows))).toThrow(/row 21: [^]*and 5 more/);
  });

  it.each([
    ['another header', 'code,name\n1,2\n', /first line must be barcode,/],
    ['nothing in it', '', /first line must be barcode,/],
    [
      'a legacy encoding',
      Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xc2, 0xcc, 0xb2, 0xe8])]),
      /valid/,
    ],
  ])('with %s', (_what, content, words) => {
    expect(() => open(content)).toThrow(
      expect.objectContaining({ code: 'E-CFG-02', message: expect.stringMatching(words) }),
    );
  });

  it('that is not there is named', () => {
    const file = join(directory, 'none.csv');
    expect(() => openCatalogue(file)).toThrow(
      expect.objectContaining({ code: 'E-CFG-02', message: expect.stringContaining(file) }),
    );
  });
});

it.each([
  ['6901234567892', true],
  ['6901234567893', false],
  ['96385074', true],
  ['036000291452', true],
  ['00012345600012', true],
  ['00012345600013', false],
])('check digit of %s: %s', (barcode, valid) => {
  expect(hasValidCheckDigit(barcode)).toBe(valid);
});

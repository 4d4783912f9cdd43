// The encoder's bytes may not change by accident: seeded random documents and a shop's papers against stored digests.
// `YIMA_WRITE_DIGESTS=1 npx vitest run drivers/printer/encoded.test.ts` stores new ones, for a change that is meant.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReceiptBlock, ReceiptDocument } from '../../core/domain/receipt/document.ts';
import type { PrintJob } from '../../core/ports/printer.ts';
import { generator } from '../../fixtures/codes.ts';
import { encodePieces } from './encode.ts';
import { printerProfiles, type PrinterProfile } from './profile.ts';
import { sampleReceipt } from './sample-receipt.ts';

const RANDOM_documents = 400;
const digestsFile = join(import.meta.dirname, 'encoded-digests.json');
/** What a simulated shop printed: receipts, slips, X and Z. Kept as data, since the papers' words may change. */
const papersFile = join(import.meta.dirname, 'encoded-papers.json');

const { generic80, generic58 } = printerProfiles;
const clone: PrinterProfile = { ...generic58, qr: 'native', barcode: 'native', hanziSize: true };
const ways: readonly (readonly [PrinterProfile, PrintJob['copy']])[] = [
  [generic80, 0],
  [generic58, 'afterCrash'],
  [clone, 12],
];

/** Pieces of text that make layout, cleaning and encoding decide something. */
const pieces =
  '、 ； ： ？ 》 」 』 】 〉 ; ? ] } , [ 《 ' +
  'a 7 -12.50 OFFLINE kg x 珍 珠奶茶 收银台01 ， 。 （ ） ( ) : % ！ ”… ￥ \u00a5 \u20ac é e\u0301 Ω Ж １ 龥 㐀 \u{20000} \u{1f600} ⅷ ㎡ ─ \ud800 \udc00 \ue000 ' +
  '\u00a0 \u200b \ufeff \ufe0f \u00ad \u0080 \u007f ~ \u001b \u0010\u0014 \u2028 \u3000 ’ — ' +
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 手工现磨大杯珍珠奶茶（少冰，半糖，加椰果）外带';
const texts = [...pieces.split(' '), ' ', ' ', '  ', '\t', '\n', '\r\n', '\r', '', '中', '文'];

function randomDocument(seed: number): ReceiptDocument {
  const random = generator(seed);
  const below = (count: number) => Math.floor(random() * count);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const text = (longest = 12) => Array.from({ length: below(longest) }, () => one(texts)).join('');
  const digits = () => Array.from({ length: below(24) }, () => one(['0', '4', '16', '20', '9'])).join('');
  const size = () => one([1, 2] as const);
  const bold = () => random() < 0.5;
  const block = (): ReceiptBlock => {
    switch (below(8)) {
      case 0:
      case 1:
        return { kind: 'pair', left: text(), right: text(4), size: size(), bold: bold() };
      case 2:
        return { kind: 'item', name: text(), quantity: text(3), unitPrice: text(3), amount: text(3) };
      case 3:
        return { kind: 'banner', text: text(6) };
      case 4:
        return { kind: 'rule' };
      case 5:
        return { kind: 'qr', data: random() < 0.1 ? text().repeat(80) : text() };
      case 6:
        return { kind: 'barcode', data: one([digits(), digits(), `R{${digits()}`, text(4)]) };
      default: {
        const align = one(['left', 'center', 'right'] as const);
        return { kind: 'text', text: text(20), align, size: size(), bold: bold() };
      }
    }
  };
  return { receiptId: `r${seed}`, number: String(seed), blocks: Array.from({ length: below(12) }, block) };
}

/** Of every piece apart: between pieces the printer is asked, so their edges count too. */
function digestOf(document: ReceiptDocument): string {
  const hash = createHash('sha256');
  for (const [profile, copy] of ways)
    for (const piece of encodePieces(document, profile, copy)) hash.update(`${piece.length}:`).update(piece);
  return hash.digest('hex').slice(0, 16);
}

function documents(): (readonly [string, ReceiptDocument])[] {
  const papers = JSON.parse(readFileSync(papersFile, 'utf8')) as ReceiptDocument[];
  return [
    ['sample', sampleReceipt],
    ...papers.map((paper) => [`paper ${paper.receiptId}`, paper] as const),
    ...Array.from(
      { length: RANDOM_documents },
      (_, seed) => [`random ${seed}`, randomDocument(seed)] as const,
    ),
  ];
}

it('every document is encoded as ever, byte for byte and piece for piece', () => {
  const digests = Object.fromEntries(documents().map(([name, document]) => [name, digestOf(document)]));
  if (process.env['YIMA_WRITE_DIGESTS'] === '1') {
    writeFileSync(digestsFile, `${JSON.stringify(digests, null, 1)}\n`);
    expect.fail('digests stored: look at the difference, then run again without YIMA_WRITE_DIGESTS');
  }
  expect(digests).toEqual(JSON.parse(readFileSync(digestsFile, 'utf8')));
});

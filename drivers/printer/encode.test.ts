// Golden bytes stand as literals from the Epson ESC/POS reference, not from our own tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptBlock, ReceiptDocument } from '../../core/domain/receipt/document.ts';
import { encodeReceipt } from './encode.ts';
import { printerProfiles } from './profile.ts';
import type { PrinterProfile } from './profile.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`encode.test seed ${seed}`);

const { generic80, epson80, generic58 } = printerProfiles;
const receipt = (...blocks: ReceiptBlock[]): ReceiptDocument => ({
  receiptId: 'r1',
  number: '000001',
  blocks,
});
const encode = (block: ReceiptBlock, profile: PrinterProfile = generic80): Buffer =>
  Buffer.from(encodeReceipt(receipt(block), profile, 0));
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('golden bytes', () => {
  it('an empty receipt: ESC @, FS &, ESC 2, left, GS V 66 0', () => {
    const bytes = Buffer.from(encodeReceipt(receipt(), generic80, 0));
    expect(bytes).toEqual(hex('1b40 1c26 1b32 1b6100 1d564200'));
  });

  it('a QR code: model 2, size, level M, length in UTF-8 bytes, print', () => {
    // 收 is three bytes: 5 bytes of data + 3 = 8
    const bytes = encode({ kind: 'qr', data: '收01' });
    expect(bytes.includes(hex('1d286b0400314132 00'))).toBe(true);
    expect(bytes.includes(hex('1d286b0300314308'))).toBe(true);
    expect(bytes.includes(hex('1d286b0300314531'))).toBe(true);
    expect(bytes.includes(hex('1d286b0800315030 e694b63031 1d286b0300315130'))).toBe(true);
  });

  it('CODE128 set B with its real length', () => {
    const bytes = encode({ kind: 'barcode', data: 'T01-42' });
    expect(bytes.includes(hex('1d4802 1d6850 1d7703 1d6b4908 7b42 5430312d3432'))).toBe(true);
  });

  it('CODE128 set C for digits, the odd one first', () => {
    expect(encode({ kind: 'barcode', data: '12345' }).includes(hex('1d6b4907 7b4231 7b43 172d'))).toBe(true);
    expect(encode({ kind: 'barcode', data: '123456' }).includes(hex('1d6b4905 7b43 0c2238'))).toBe(true);
  });

  it('doubles braces in set B', () => {
    expect(encode({ kind: 'barcode', data: 'a{b' }).includes(hex('1d6b4906 7b42 617b7b62'))).toBe(true);
  });

  it('text of size 2, bold, centred', () => {
    const bytes = encode({ kind: 'text', text: '小店', align: 'center', size: 2, bold: true });
    expect(bytes.includes(hex('1b6101 1d2111 1b4501 d0a1b5ea 0a 1b4500 1d2100'))).toBe(true);
  });

  it('a banner white on black, switched off again', () => {
    const bytes = encode({ kind: 'banner', text: '离线' });
    expect(bytes.includes(hex(`1d4201 ${'20'.repeat(10)} c0ebcfdf ${'20'.repeat(10)} 0a 1d4200`))).toBe(true);
  });
});

describe('copies', () => {
  const marked = (copy: number | 'afterCrash'): Buffer =>
    Buffer.from(encodeReceipt(receipt(), epson80, copy));

  it('are marked at the top, the original is not', () => {
    expect(marked(0).includes('REPRINT')).toBe(false);
    expect(marked(2).includes(Buffer.concat([hex('d6d8d3a1'), Buffer.from(' REPRINT 2')]))).toBe(true);
    expect(
      marked('afterCrash').includes(Buffer.concat([hex('bfc9c4dcd6d8b8b4'), Buffer.from(' POSSIBLE COPY')])),
    ).toBe(true);
  });
});

describe('what a printer can not do', () => {
  it('58 mm without native QR gets a picture, without cutter a feed', () => {
    const bytes = encode({ kind: 'qr', data: 'https://pay.example.com/q/1' }, generic58);
    expect(bytes.includes(hex('1d763000'))).toBe(true);
    expect(bytes.includes(hex('1d286b'))).toBe(false);
    expect(bytes.includes(hex('1d56'))).toBe(false);
    expect(bytes.subarray(-5)).toEqual(hex('0a0a0a0a0a'));
  });

  it('symbols that do not fit become text', () => {
    expect(encode({ kind: 'qr', data: 'x'.repeat(700) }).includes('x'.repeat(48))).toBe(true);
    expect(encode({ kind: 'barcode', data: '单号一' }).includes(hex('b5a5bac5d2bb'))).toBe(true);
    expect(encode({ kind: 'barcode', data: 'A'.repeat(60) }).includes(hex('1d6b'))).toBe(false);
    expect(encode({ kind: 'barcode', data: '12345' }, generic58).includes('12345')).toBe(true);
  });
});

/** Positions of DLE EOT, DLE ENQ, DLE DC4: obeyed wherever they stand, even inside symbols. */
const realTime = (bytes: Buffer): boolean => /\x10[\x04\x05\x14]/.test(bytes.toString('latin1'));

describe('no receipt can command the printer', () => {
  it('keeps the drawer shut when digits in code set C would open it', () => {
    expect(realTime(encode({ kind: 'barcode', data: '1620010001' }))).toBe(false);
  });

  it('whatever the texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '\x10\x14\x01\x00\x01',
        '\x1bp\x00\x19\xfa',
        '1604',
        '奶茶\n\x1b@',
        '162001000116050100',
      ),
    );
    const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const);
    const size = fc.constantFrom(1 as const, 2 as const);
    const block: fc.Arbitrary<ReceiptBlock> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text, align, size, bold: fc.boolean() }),
      fc.record({ kind: fc.constant('pair' as const), left: text, right: text, size, bold: fc.boolean() }),
      fc.record({
        kind: fc.constant('item' as const),
        name: text,
        quantity: text,
        unitPrice: text,
        amount: text,
      }),
      fc.record({ kind: fc.constant('banner' as const), text }),
      fc.record({ kind: fc.constant('qr' as const), data: text }),
      fc.record({ kind: fc.constant('barcode' as const), data: text }),
    );
    const profile = fc.constantFrom(generic80, epson80, generic58);
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), profile, (blocks, chosen) => {
        const bytes = Buffer.from(encodeReceipt(receipt(...blocks), chosen, 1));
        expect(realTime(bytes)).toBe(false);
        // one ESC @ at the start, no drawer pulse ESC p: outside symbols these can only come from us
        if (blocks.every((each) => each.kind !== 'qr' && each.kind !== 'barcode')) {
          expect(bytes.indexOf('\x1b@', 1)).toBe(-1);
          expect(bytes.includes('\x1bp')).toBe(false);
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});

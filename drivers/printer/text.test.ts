import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText, sanitise, sanitiseLines } from './text.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`text.test seed ${seed}`);

describe('sanitise', () => {
  it('prints the yen sign as the full-width one that GBK has', () => {
    // devices D6: U+00A5 would be 81 30 84 36, printed as "0 6"
    expect(Buffer.from(encodeText(sanitise('\u00a512.00'))).toString('hex')).toBe('a3a431322e3030');
  });

  it.each([
    ['a\u00a0b', 'a b'],
    ['5\u20ac', '5EUR'],
    ['笑\u{1f600}脸', '笑?脸'],
    ['㐀', '?'],
    ['e\u0301', 'é'],
    ['\ud800', '?'],
    ['\ue000', '?'],
    ['收银台01', '收银台01'],
  ])('%j becomes %j', (text, expected) => {
    expect(sanitise(text)).toBe(expected);
  });

  it('lets no command through', () => {
    expect(sanitise('奶茶\x1bp\x00\x19\xfa\x10\x14\x01\x00\x01\x9b')).toBe('奶茶pú');
  });

  it('keeps line breaks as lines', () => {
    expect(sanitiseLines('一\r\n二\n三\r四')).toEqual(['一', '二', '三', '四']);
  });

  it('gives one or two bytes for every character, never a control byte, whatever the text', () => {
    const units = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    fc.assert(
      fc.property(units, (text) => {
        const safe = sanitise(text);
        const bytes = encodeText(safe);
        expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
        const wide = [...safe].filter((character) => character > '\u007f').length;
        expect(bytes.length).toBe([...safe].length + wide);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('cleans text that needs nothing as it would clean any other', () => {
    // a control character, which is dropped, takes the text the long way
    const long = (text: string) => sanitise(`${text}\u0000`);
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      expect(sanitise(character), code.toString(16)).toBe(long(character));
    }
    const plain = fc.string({ unit: fc.constantFrom(...'aZ ~7一龥、。（），！￥￠～'), maxLength: 40 });
    fc.assert(
      fc.property(plain, (text) => {
        expect(sanitise(text)).toBe(long(text));
      }),
      { seed },
    );
  });

  it('lets no character of the basic plane through in four bytes', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const safe = sanitise(String.fromCharCode(code));
      expect(encodeText(safe).length, code.toString(16)).toBeLessThanOrEqual(safe.length * 2);
    }
  });
});

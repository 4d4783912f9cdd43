// EMV codes both ways: published examples decode (EMVCo's own, by mvallim/emv-qrcode and go-emv-code), torn and foreign ones don't.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfBase64, cpmApplications } from './emv-cpm.ts';
import { crc16, type MpmField, type MpmLengths, readMpm, readMpmBytes, writeMpm } from './emv-mpm.ts';
import { hexOf, readTlv } from './tlv.ts';

const ONE = 'hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=';
const TWO =
  'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNBUkRIT0xERVIvRU1WXy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw==';
const UNIONPAY =
  'hQVDUFYwMWFWTwigAAADMwEBAlcRYmNgAQBxNnLSMSIBAAABiAFfNAEAYzOfJghWite85mtxi58nAYCfEBEHAAEDoAAAAQgwMDAwMDAwMZ82AhEiggIAAJ83BCJgSI4=';

describe('a consumer-presented code', () => {
  it.each([
    ['EMVCo example 1', ONE, ['A0000000555555']],
    ['EMVCo example 2, two applications in their order', TWO, ['A0000000555555', 'A0000000666666']],
    ['UnionPay credit', UNIONPAY, ['A000000333010102']],
  ])('%s', (_, text, names) => {
    expect(cpmApplications(text)).toEqual(names);
  });

  it.each([
    ['without any application', 'hQVDUFYwMQ=='],
    ['torn', UNIONPAY.slice(0, 60)],
    ['torn at a digit', UNIONPAY.slice(0, -3)],
    ['no base64', `${UNIONPAY.slice(0, -1)}!`],
    ['of another format', btoa(`\x85\x05CPV02a\x09O\x07${'\xa0'.repeat(7)}`)],
    ['with a byte left over', btoa(`${atob(ONE)}\x00`)],
  ])('%s is none', (_, text) => {
    expect(cpmApplications(text)).toBeNull();
  });

  it('reads long lengths and long tags as EMV writes them', () => {
    const long = Uint8Array.from([0x9f, 0x81, 0x01, 0x81, 0x80, ...Array.from({ length: 128 }, () => 7)]);
    expect(readTlv(long)?.map(({ tag, value }) => [tag, value.length])).toEqual([['9F8101', 128]]);
    expect(readTlv(Uint8Array.from([0x5a, 0x80, 0, 0]))).toBeNull();
    expect(readTlv(Uint8Array.from([0x1f]))).toBeNull();
  });

  it('any bytes and any text are read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readTlv(bytes)));
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void cpmApplications(text)));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
        const text = btoa(String.fromCharCode(...bytes));
        expect(hexOf(bytesOfBase64(text) ?? new Uint8Array())).toBe(hexOf(bytes));
      }),
    );
  });
});

const EXAMPLE =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A';

/** The least that a code has before its name. */
const plain: readonly MpmField[] = [
  { id: '00', value: '01' },
  { id: '52', value: '4111' },
  { id: '53', value: '156' },
  { id: '58', value: 'CN' },
];

describe('a merchant-presented code', () => {
  it('the CRC is CCITT-FALSE', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x29b1);
  });

  it("EMVCo's example, whose lengths count characters", () => {
    expect(readMpm(EXAMPLE)).toMatchObject({ ok: true, merchantName: 'BEST TRANSPORT', amount: '23.72' });
  });

  it('is written as EMVCo writes its example', () => {
    const read = readMpm(EXAMPLE);
    expect(read.ok && writeMpm(read.fields.slice(0, -1))).toBe(EXAMPLE);
  });

  it.each<MpmLengths>(['characters', 'bytes'])(
    'what is written is read again, its lengths in %s',
    (lengths) => {
      const id = fc.integer({ min: 1, max: 99 }).map((number) => String(number).padStart(2, '0'));
      // 24 characters are 96 bytes at most; a lone half of one is no text.
      const value = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 24 }),
        fc.string({ unit: fc.constantFrom('佳', 'é', '𠮷', '0', '1'), maxLength: 24 }),
      );
      const field = fc.record({ id: id.filter((one) => one !== '63'), value });
      fc.assert(
        fc.property(fc.array(field, { maxLength: 8 }), (some) => {
          const fields = [{ id: '00', value: '01' }, ...some];
          const text = writeMpm(fields, lengths);
          const read = readMpm(text);
          const asRead = read.ok ? read.fields.slice(0, -1) : [];
          // Lengths in bytes may fit in characters too, as other fields: then those are read.
          const isSame = JSON.stringify(asRead) === JSON.stringify(fields);
          fc.pre(isSame || lengths === 'characters' || writeMpm(asRead) !== text);
          expect(read).toMatchObject({ ok: true, fields: [...fields, { id: '63', value: text.slice(-4) }] });
        }),
        { numRuns: 500 },
      );
    },
  );

  it('is not written with a field too long for its length, or an ID that is none', () => {
    expect(() => writeMpm([...plain, { id: '59', value: 'x'.repeat(100) }])).toThrow('59 has 100 characters');
    expect(() => writeMpm([...plain, { id: '59', value: '佳'.repeat(34) }], 'bytes')).toThrow('102 bytes');
    expect(() => writeMpm([{ id: '5', value: 'x' }])).toThrow('5 is no ID');
  });

  it('one whose lengths count bytes', () => {
    const name = '最佳运输';
    const text = writeMpm([...plain, { id: '59', value: name }], 'bytes');
    expect(text).toContain(`5912${name}`);
    expect(readMpm(text)).toMatchObject({ ok: true, merchantName: name, amount: null });
  });

  it('one whose name is not UTF-8: its lengths count bytes, and the name is not told', () => {
    const name = [0xd7, 0xee, 0xbc, 0xd1]; // 最佳 in GBK
    const head = new TextEncoder().encode('0002015204411153031565802CN5904');
    const body = Uint8Array.from([...head, ...name, ...new TextEncoder().encode('6304')]);
    const crc = crc16(body).toString(16).padStart(4, '0').toUpperCase();
    const whole = Uint8Array.from([...body, ...new TextEncoder().encode(crc)]);
    expect(readMpmBytes(whole)).toMatchObject({ ok: true, merchantName: null });
    expect(readMpmBytes(whole.with(35, 0xd2))).toEqual({ ok: false, fault: 'notText' });
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'tooShort'],
    ['one wrong digit', EXAMPLE.replace('23.72', '23.73'), 'badCrc'],
    ['a cut end', EXAMPLE.slice(0, -10), 'badLength'],
    ['no CRC', EXAMPLE.slice(0, -8), 'noCrc'],
    ['another format', writeMpm([{ id: '00', value: '02' }, ...plain.slice(1)]), 'noFormat'],
    ['half a character', `${EXAMPLE.slice(0, 20)}\ud800${EXAMPLE.slice(20)}`, 'notText'],
  ])('%s is refused', (_, text, fault) => {
    expect(readMpm(text)).toEqual({ ok: false, fault });
  });

  it('any text is read or refused, and a changed character is never read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readMpm(text)));
    fc.assert(
      fc.property(fc.nat(EXAMPLE.length - 1), fc.constantFrom(...'0123456789AZaz'), (at, to) => {
        fc.pre(EXAMPLE[at] !== to);
        const changed = EXAMPLE.slice(0, at) + to + EXAMPLE.slice(at + 1);
        // The CRC's own digits may be written in small letters.
        fc.pre(changed.toUpperCase() !== EXAMPLE.toUpperCase());
        expect(readMpm(changed).ok).toBe(false);
      }),
    );
  });
});

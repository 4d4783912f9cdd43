// What a scan is, by what it says: every scheme at its edges, and everything that must never be taken for a payment code.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatewayCodeRules } from '../../../acquirers/gateway/profile.ts';
import { codeMaker } from '../../../fixtures/codes.ts';
import { maskCode, routeScan, type Scan, visible } from './router.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const route = (scanned: string | Uint8Array): Scan =>
  routeScan(typeof scanned === 'string' ? bytesOf(scanned) : scanned, gatewayCodeRules);
const digits = (start: string, length: number) => start.padEnd(length, '7');

/** The scheme of a payment code, or what else it is. */
function short(scanned: string | Uint8Array): string {
  const scan = route(scanned);
  return scan.kind === 'paymentCode' ? scan.scheme : scan.kind;
}

/** UnionPay credit (mvallim/emv-qrcode, ConsumerPresentedModeDecoderTest). */
const UNIONPAY_PAYLOAD =
  'hQVDUFYwMWFWTwigAAADMwEBAlcRYmNgAQBxNnLSMSIBAAABiAFfNAEAYzOfJghWite85mtxi58nAYCfEBEHAAEDoAAAAQgwMDAwMDAwMZ82AhEiggIAAJ83BCJgSI4=';

/** A payload that names these applications, in this order. */
function payload(...applications: string[]): string {
  const named = applications.map((name) => {
    const aid = Buffer.from(name, 'hex');
    return Buffer.concat([Buffer.from([0x61, aid.length + 2, 0x4f, aid.length]), aid]);
  });
  return Buffer.concat([Buffer.from('8505', 'hex'), Buffer.from('CPV01'), ...named]).toString('base64');
}

describe('payment codes', () => {
  test.each([
    ['WECHAT', digits('10', 18)],
    ['WECHAT', digits('15', 18)],
    ['ALIPAY', digits('25', 16)],
    ['ALIPAY', digits('28', 18)],
    ['ALIPAY', digits('30', 24)],
    ['UNIONPAY', digits('62', 19)],
    ['ECNY', digits('01', 19)],
    ['BESTPAY', digits('51', 18)],
    ['JD', digits('18', 18)],
    ['EMV_CPM', UNIONPAY_PAYLOAD],
  ])('%s: %s', (scheme, code) => {
    expect(short(code)).toBe(scheme);
  });

  test.each([
    ['WeChat with 17 digits', digits('13', 17)],
    ['WeChat with 19 digits', digits('13', 19)],
    ['16, not of WeChat any more', digits('16', 18)],
    ['Alipay below its first prefix', digits('24', 18)],
    ['Alipay above its last prefix', digits('31', 18)],
    ['UnionPay with 18 digits', digits('62', 18)],
    ['UnionPay with 20 digits', digits('62', 20)],
    ['e-CNY with 18 digits', digits('01', 18)],
    ['the shortest long number', digits('99', 16)],
    ['the longest long number', digits('99', 24)],
  ])('%s is unknown, never guessed, shown masked only, and may be told to who recognises it', (_, code) => {
    expect(route(code)).toEqual({ kind: 'unknownCode', shown: maskCode(code), code });
    expect(route(`]Q1${code} `)).toMatchObject({ code });
  });

  test.each([
    ['Alipay beyond 24 digits', digits('28', 25)],
    ['two codes that ran into each other', digits('13', 36)],
  ])('%s is unknown, and no one code', (_, code) => {
    expect(route(code)).toEqual({ kind: 'unknownCode', shown: maskCode(code), code: null });
  });

  test('15 digits are goods', () => {
    expect(route(digits('13', 15))).toEqual({ kind: 'goods', barcode: digits('13', 15) });
  });

  test('leading zeros stay', () => {
    const code = '0100000000000000001';
    expect(route(code)).toMatchObject({ kind: 'paymentCode', scheme: 'ECNY', code });
  });

  test.each([']Q1', ']C0', ']d2'])(
    'the AIM prefix %s and white space around are not part of it',
    (prefix) => {
      const code = digits('13', 18);
      expect(route(`${prefix}${code}`)).toMatchObject({ scheme: 'WECHAT', code });
      expect(route(` ${prefix}${code}\t`)).toMatchObject({ scheme: 'WECHAT', code });
    },
  );

  test('EMV payloads never go into the queue, and nothing of a torn one is shown', () => {
    expect(route(UNIONPAY_PAYLOAD)).toMatchObject({ deferrable: false });
    const torn = 'hQVDUFYwMWEGC6222021234567890123!';
    expect(route(torn)).toEqual({ kind: 'unknownCode', shown: `EMV(${torn.length})`, code: null });
    const raw = new Uint8Array([0x85, 5, ...bytesOf('CPV01'), 0x61, 0x13, 0x57, 0x62, 0x22, 0x02]);
    expect(route(raw)).toEqual({ kind: 'unknownCode', shown: 'EMV(13)', code: null });
  });

  test('whatever the code maker makes is a payment code of its scheme', () => {
    const maker = codeMaker(7);
    const made = ['wechat', 'alipay', 'unionpay', 'ecny', 'bestpay', 'jd'] as const;
    for (const name of made) {
      for (let count = 0; count < 50; count += 1) expect(short(maker[name]())).toBe(name.toUpperCase());
    }
  });
});

describe('EMV payloads', () => {
  test.each([
    ["EMVCo's example, of nobody's network", 'hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8='],
    ['UnionPay in the second place only', payload('A0000000555555', 'A000000333010102')],
    ['what only begins like one', `hQVDUFYwM${'A'.repeat(60)}`],
  ])('%s are not taken for UnionPay', (_, code) => {
    expect(route(code)).toEqual({ kind: 'unknownCode', shown: `EMV(${code.length})`, code: null });
  });

  test('the preferred application counts', () => {
    expect(short(payload('A000000333010101', 'A0000000555555'))).toBe('EMV_CPM');
  });
});

describe("the merchant's own codes", () => {
  test.each([
    'https://qr.alipay.com/fkx12345abc',
    'HTTPS://QR.ALIPAY.COM/FKX12345ABC',
    'wxp://f2f0abcdefghijklmnop',
    'weixin://wxpay/bizpayurl?pr=abcdefg',
    'https://qr.95516.com/00010000/62012345678901234567890',
    'https://payapp.weixin.qq.com/qr/AQYPABCD',
    '00020101021226390012cn.com.unionpay0119123456789012345678952040000',
    '000201',
  ])('%s', (code) => {
    expect(short(code)).toBe(code === '000201' ? 'goods' : 'collectionCode');
  });
});

describe('goods', () => {
  test.each(['6901234567892', '96385074', 'ABC-123', '012345678905', '2012345003999'])('%s', (barcode) => {
    expect(route(barcode)).toEqual({ kind: 'goods', barcode });
  });
});

describe('what is of no use', () => {
  test.each([
    ['nothing', ''],
    ['white space', ' \t '],
    ['a NUL inside', '1300\x0000000000000000'],
    ['a carriage return inside', '6901234\r567892'],
    ['an escape sequence', '\u001b[31m6901234567892'],
    ['Chinese', '付款码'],
    ['full-width digits', '１３００００００００００００００００'],
    ['a code with a space in it', '1300000000 00000000'],
    ['4 KB of letters', 'x'.repeat(4096)],
    ['an over-long goods number', `A${'1'.repeat(40)}`],
  ])('%s', (_, scanned) => {
    expect(short(scanned)).toBe('garbage');
  });

  test('4 KB of digits are unknown, and masked', () => {
    const scan = route('1'.repeat(4096));
    expect(scan).toMatchObject({ kind: 'unknownCode' });
    expect('shown' in scan && scan.shown.replace(/\*/g, '')).toBe('1'.repeat(10));
  });

  test('invalid UTF-8', () => {
    expect(route(new Uint8Array([0xff, 0xfe, 0x31, 0x33]))).toEqual({
      kind: 'garbage',
      shown: '\\xff\\xfe13',
    });
  });

  test('any bytes at all become some scan, and what is shown of them is printable and short', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        const scan = routeScan(bytes, gatewayCodeRules);
        const shown = 'shown' in scan ? scan.shown : visible(bytes);
        expect(shown).toMatch(/^[\x20-\x7e…]*$/);
        expect(shown.length).toBeLessThan(300);
      }),
    );
  });
});

describe('the mask', () => {
  test('shows at most the first 6 and the last 4 of a code, and hides at least 4', () => {
    const anyDigits = fc.stringMatching(/^[1-9]{1,40}$/);
    fc.assert(
      fc.property(anyDigits, (code) => {
        const mask = maskCode(code);
        expect(mask.length).toBe(code.length);
        expect(mask).toMatch(/^(\d{6}\*{4,}\d{4}|\*+)$/);
        if (mask.startsWith('*')) return;
        expect([mask.slice(0, 6), mask.slice(-4)]).toEqual([code.slice(0, 6), code.slice(-4)]);
      }),
    );
  });

  test('shows nothing of an EMV payload but its length', () => {
    expect(maskCode(`hQVDUFYwM${'A'.repeat(11)}`)).toBe('EMV(20)');
  });
});

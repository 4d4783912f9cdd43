// What of an answer's bytes is believed: signed text only, of the right member, by the right certificate; and nothing by chance.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { readPayAnswer, readQueryAnswer } from './codec.ts';
import { believe, type CallOutcome, prepare, timestampOf } from './message.ts';
import type { Keys } from './signature.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signer = { serial: null, key: createPublicKey(privateKey) };
const next = generateKeyPairSync('rsa', { modulusLength: 2048 });
const nextSigner = { serial: null, key: next.publicKey };
const keys: Keys = { appId: '1', privateKey, signers: [signer], serials: null };
const serials = { app: 'a1', root: 'b2' };
const certified: Keys = { ...keys, signers: [{ ...signer, serial: 'c3' }], serials };
const request = { method: 'alipay.trade.query', content: { out_trade_no: 'A' }, timeout_ms: 1000 };
const NAME = 'alipay_trade_query_response';
const said = '{"code":"10000","out_trade_no":"A","store_name":"一码 } \\"sign\\" \\/ {"}';

const signatureOf = (text: string, key = privateKey): string =>
  sign('sha256', Buffer.from(text), key).toString('base64');
const answer = (text = said, more = ''): string => `{"${NAME}":${text}${more},"sign":"${signatureOf(text)}"}`;

function read(body: string | Buffer, status = 200, mine: Keys = keys): CallOutcome {
  const headers = { date: 'Mon, 23 Nov 2026 10:00:00 GMT' };
  return believe({ keys: mine, wall_ms: () => 0 }, request, { status, headers, body: Buffer.from(body) }, 7);
}
const causeOf = (outcome: CallOutcome) => (outcome.kind === 'unbelievable' ? outcome.cause : outcome.kind);

describe('a request', () => {
  it.each([
    [Date.UTC(2026, 10, 23, 10), '2026-11-23 18:00:00'],
    [Date.UTC(2026, 11, 31, 16), '2027-01-01 00:00:00'],
    [Date.UTC(2024, 1, 29, 15, 59, 59), '2024-02-29 23:59:59'],
  ])('carries Shanghai time', (at_ms, text) => {
    expect(timestampOf(at_ms)).toBe(text);
  });

  it('puts its content alone into the body, and names its certificates', () => {
    const prepared = prepare({ keys: { ...keys, serials }, wall_ms: () => 0 }, request);
    expect(prepared.body.toString()).toBe(
      new URLSearchParams({ biz_content: '{"out_trade_no":"A"}' }).toString(),
    );
    const query = Object.fromEntries(new URLSearchParams(prepared.query));
    expect(query).toMatchObject({
      app_id: '1',
      method: 'alipay.trade.query',
      charset: 'utf-8',
      sign_type: 'RSA2',
      version: '1.0',
      app_cert_sn: 'a1',
      alipay_root_cert_sn: 'b2',
    });
  });
});

describe('believed', () => {
  it('is the text that was signed, with the time of the server', () => {
    expect(read(answer())).toEqual({
      kind: 'answered',
      json: { code: '10000', out_trade_no: 'A', store_name: '一码 } "sign" / {' },
      latency_ms: 7,
      serverDate_ms: Date.UTC(2026, 10, 23, 10),
    });
  });

  it('is a text that was signed before its slashes were escaped', () => {
    const escaped = '{"code":"10000","url":"https:\\/\\/a\\/b"}';
    const text = `{"${NAME}":${escaped},"sign":"${signatureOf(escaped.replaceAll('\\/', '/'))}"}`;
    expect(read(text)).toMatchObject({ kind: 'answered', json: { url: 'https://a/b' } });
  });

  it('is, where a slash was escaped, the text under the signature and not the one that came', () => {
    const signed = '{"code":"10000","url":"a\\/b"}';
    const text = `{"${NAME}":${signed.replace('\\/', '\\\\/')},"sign":"${signatureOf(signed)}"}`;
    expect(read(text)).toMatchObject({ kind: 'answered', json: { url: 'a/b' } });
  });

  it('is a signature with escaped slashes', () => {
    const text = answer().replace(
      /"sign":"(.*)"}$/,
      (_, base64: string) => `"sign":"${base64.replaceAll('/', '\\/')}"}`,
    );
    expect(read(text).kind).toBe('answered');
  });

  it('is the configured certificate only, in certificate mode', () => {
    expect(read(answer(said, ',"alipay_cert_sn":"c3"'), 200, certified).kind).toBe('answered');
    expect(causeOf(read(answer(said, ',"alipay_cert_sn":"c4"'), 200, certified))).toBe('OTHER_CERTIFICATE');
    expect(causeOf(read(answer(said, ',"alipay_cert_sn":3'), 200, certified))).toBe('OTHER_CERTIFICATE');
    expect(causeOf(read(answer(), 200, certified))).toBe('OTHER_CERTIFICATE');
  });
});

describe('while one key follows another', () => {
  const later = (more = ''): string =>
    `{"${NAME}":${said}${more},"sign":"${signatureOf(said, next.privateKey)}"}`;

  it('both are believed, and the old one no more once it is removed', () => {
    const both = { ...keys, signers: [signer, nextSigner] };
    expect([answer(), later()].map((body) => read(body, 200, both).kind)).toEqual(['answered', 'answered']);
    const after = { ...keys, signers: [nextSigner] };
    expect([answer(), later()].map((body) => causeOf(read(body, 200, after)))).toEqual([
      'BAD_SIGNATURE',
      'answered',
    ]);
  });

  it('a certificate stands for its own key only', () => {
    const both = { ...certified, signers: [...certified.signers, { ...nextSigner, serial: 'd4' }] };
    const causes = (named: string) =>
      [answer, (_: string, more: string) => later(more)].map((make) =>
        causeOf(read(make(said, `,"alipay_cert_sn":"${named}"`), 200, both)),
      );
    expect(causes('c3')).toEqual(['answered', 'BAD_SIGNATURE']);
    expect(causes('d4')).toEqual(['BAD_SIGNATURE', 'answered']);
    expect(causes('e5')).toEqual(['OTHER_CERTIFICATE', 'OTHER_CERTIFICATE']);
  });
});

describe('not believed', () => {
  const other = '{"code":"10000","out_trade_no":"B"}';
  const unsigned = '{"code":"40002","sub_code":"isv.invalid-app-id"}';
  it.each<[string, string | Buffer, string]>([
    ['another text under the signature', answer().replace('"A"', '"B"'), 'BAD_SIGNATURE'],
    ['white space within the text', answer().replace('"code":', '"code": '), 'BAD_SIGNATURE'],
    ['no signature', `{"${NAME}":${said}}`, 'UNSIGNED'],
    ['an empty signature', `{"${NAME}":${said},"sign":""}`, 'UNSIGNED'],
    ['a signature that is no text', `{"${NAME}":${said},"sign":1}`, 'UNSIGNED'],
    ['a refusal without signature', `{"${NAME}":${unsigned}}`, 'UNSIGNED isv.invalid-app-id'],
    ['a refusal that says too much', `{"${NAME}":{"sub_code":"<b>x"}}`, 'UNSIGNED'],
    ['a refusal that is no JSON', `{"${NAME}":{"sub_code"}}`, 'UNSIGNED'],
    ['the gateway itself', `{"error_response":${unsigned}}`, 'NO_RESPONSE isv.invalid-app-id'],
    ['the answer to another method', answer().replace('query', 'pay'), 'NO_RESPONSE'],
    ['two answers', answer(said, `,"${NAME}":${other}`), 'NOT_JSON'],
    ['two signatures', answer(said, ',"sign":"x"'), 'NOT_JSON'],
    ['an answer within a string', `{"a":${JSON.stringify(answer())}}`, 'NO_RESPONSE'],
    ['a page', '<html></html>', 'NOT_JSON'],
    ['nothing', '', 'NOT_JSON'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(answer()), Buffer.from([0xff])]), 'NOT_JSON'],
  ])('%s', (_, body, cause) => {
    expect(causeOf(read(body))).toBe(cause);
  });

  it('a byte that is no UTF-8 in the place of a signed replacement character', () => {
    const body = Buffer.from(answer('{"code":"10000","name":"\uFFFD"}'));
    expect(read(body).kind).toBe('answered');
    const at = body.indexOf('\uFFFD');
    const broken = Buffer.concat([body.subarray(0, at), Buffer.from([0xff]), body.subarray(at + 3)]);
    expect(causeOf(read(broken))).toBe('NOT_JSON');
  });

  it('signed text that is no JSON', () => {
    expect(causeOf(read(answer('{"code":}')))).toBe('NOT_JSON SyntaxError');
  });

  it.each([201, 302, 400, 500, 503])('HTTP %d, however well signed', (status) => {
    expect(causeOf(read(answer(), status))).toBe(`HTTP_${status}`);
  });
});

describe('by chance', () => {
  const order = {
    orderNumber: 'A',
    openedAt_ms: 0,
    amount_fen: 100,
    code: '',
    deferred: null,
    timeout_ms: 1,
  };
  const good = answer(
    '{"code":"10000","out_trade_no":"A","trade_no":"T","total_amount":"1.00","trade_status":"TRADE_SUCCESS","send_pay_date":"2026-11-23 18:00:00"}',
  );
  const decided = (outcome: CallOutcome): PaymentEvent | null =>
    outcome.kind === 'answered' ? readQueryAnswer(outcome.json, order) : null;

  it('the good answer would be an approval', () => {
    expect(decided(read(good))?.kind).toBe('approved');
  });

  it('no byte of an answer can be changed, added or lost so that another thing is approved', () => {
    const bytes = Buffer.from(good);
    const change = fc.record({
      at: fc.nat({ max: bytes.length - 1 }),
      byte: fc.nat({ max: 255 }),
      how: fc.constantFrom('replace', 'insert', 'remove', 'cut'),
    });
    const original = decided(read(good));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let body = bytes;
        for (const { at, byte, how } of changes) {
          const tail = how === 'insert' ? at : at + 1;
          const middle = how === 'replace' || how === 'insert' ? [byte] : [];
          const rest = how === 'cut' ? [] : [body.subarray(tail)];
          body = Buffer.concat([body.subarray(0, at), Buffer.from(middle), ...rest]);
        }
        const event = decided(read(body));
        // What doesn't touch the signed text (a blank between members) may leave it as it was.
        if (event !== null) expect(event).toEqual(original);
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  it('random bytes and random objects prove nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.object({ maxDepth: 2 }), (bytes, object) => {
        expect(read(Buffer.from(bytes)).kind).toBe('unbelievable');
        const kinds = [readPayAnswer(object, order).kind, readQueryAnswer(object, order).kind];
        expect(kinds).toEqual(['undecided', 'inquiryFailed']);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it('fields of any kind and size never break the reader', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.boolean());
    const names = ['out_trade_no', 'total_amount', 'trade_no', 'trade_status', 'gmt_payment', 'sub_code'];
    const fields = Object.fromEntries(names.map((name) => [name, value]));
    fc.assert(
      fc.property(fc.constantFrom('10000', '10003', '20000', '40004'), fc.record(fields), (code, rest) => {
        for (const event of [
          readPayAnswer({ code, ...rest }, order),
          readQueryAnswer({ code, ...rest }, order),
        ])
          expect(event.kind).not.toBe('approved');
      }),
      { seed: 17, numRuns: 1000 },
    );
  });
});

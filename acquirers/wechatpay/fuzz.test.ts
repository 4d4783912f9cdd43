// Whatever comes over the line: no crash, and no approval, decline or acknowledgement that was not signed for.
import { createSign, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPayAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { believe, type Signing } from './message.ts';
import { readCloseAnswer, readNativeAnswer } from './native.ts';
import { wechatDeclines } from './codes.ts';
import { readRefundAnswer, readRefundInquiry } from './refund.ts';
import { readPlatformKeys } from './signature.ts';
import { merchantFacts as facts } from '../../fixtures/acquirers/wechatpay/merchant-facts.ts';

const seed = 20261128;
const wall_ms = Date.UTC(2026, 10, 28, 10);
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const signing: Signing = {
  merchantKey: { merchantId: '1900000109', serial: 'S', key: pair.privateKey },
  platformKeys: readPlatformKeys([{ serial: 'PUB_KEY_ID_1', pem }]),
  answerSerial: null,
  prefix: '',
  nonce: () => 'n',
  wall_ms: () => wall_ms,
};
const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: 0,
  amount_fen: 1290,
  timeout_ms: 1000,
};
const back = {
  method: 'refund' as const,
  requestNumber: 'R261123',
  orderNumber: order.orderNumber,
  giveBackOpenedAt_ms: 0,
  openedAt_ms: 0,
  acquirerOrderId: 'A-1',
  amount_fen: 400,
  paid_fen: 1290,
  timeout_ms: 1000,
};
const paidBody = Buffer.from(
  JSON.stringify({
    appid: 'wx1',
    mchid: '1900000109',
    out_trade_no: order.orderNumber,
    transaction_id: '42000',
    trade_state: 'SUCCESS',
    success_time: '2026-11-28T18:00:00+08:00',
    amount: { total: 1290, payer_total: 1290, currency: 'CNY' },
  }),
);

function headersFor(body: Buffer, at_ms = wall_ms): Record<string, string> {
  const timestamp = String(at_ms / 1000);
  const signer = createSign('RSA-SHA256');
  signer.update(`${timestamp}\nn\n`).update(body).update('\n');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'n',
    'wechatpay-serial': 'PUB_KEY_ID_1',
    'wechatpay-signature': signer.sign(pair.privateKey, 'base64'),
  };
}

const proofs = [
  'approved',
  'declined',
  'hostReversed',
  'reversalAcknowledged',
  'notFound',
  'done',
  'refused',
  'presented',
  'closed',
  'paidMeanwhile',
  'closeRefused',
];

/** All that the readers make of an answer. */
const readAll = (json: unknown, status: number) => [
  readPayAnswer({ status, json }, facts, order),
  readQueryAnswer({ status, json }, facts, order),
  readReversalAnswer({ status, json }, facts, order),
  readRefundAnswer({ status, json }, back),
  readRefundInquiry({ status, json }, back),
  readNativeAnswer({ status, json }),
  readCloseAnswer({ status, json }),
];

const anyStatus = fc.oneof(fc.constantFrom(200, 202, 204, 400, 401, 403, 404, 429, 500, 503), fc.nat(999));

describe('bytes', () => {
  it('the good answer is believed, so that the rest of this file means something', () => {
    const outcome = believe(signing, { status: 200, headers: headersFor(paidBody), body: paidBody }, 1);
    expect(outcome.kind === 'answered' && readAll(outcome.answer.json, 200)[0]?.kind).toBe('approved');
  });

  it('no change of a signed answer is believed', () => {
    const headers = headersFor(paidBody);
    fc.assert(
      fc.property(fc.nat(paidBody.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const body = Buffer.from(paidBody);
        body[at] = (body[at] ?? 0) ^ bits;
        expect(believe(signing, { status: 200, headers, body }, 1).kind).toBe('unbelievable');
      }),
      { seed, numRuns: 300 },
    );
  });

  it('nothing unsigned is believed, whatever its status, headers and bytes', () => {
    const name = fc.constantFrom(...Object.keys(headersFor(paidBody)), 'date', 'x');
    const headers = fc.dictionary(
      name,
      fc.oneof(fc.string(), fc.array(fc.string()), fc.constant('PUB_KEY_ID_1')),
    );
    const bytes = fc.oneof(
      fc.constant(paidBody),
      fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all)),
    );
    fc.assert(
      fc.property(anyStatus, headers, bytes, (status, given, body) => {
        expect(believe(signing, { status, headers: given, body }, 1).kind).toBe('unbelievable');
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('signed bytes that are no JSON are not believed, and 5xx is not even then', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((all) => Buffer.from([0x7b, ...all]));
    fc.assert(
      fc.property(anyStatus, bytes, (status, body) => {
        const outcome = believe(signing, { status, headers: headersFor(body), body }, 1);
        if (status >= 500) expect(outcome).toMatchObject({ kind: 'unbelievable', cause: `HTTP_${status}` });
        if (outcome.kind === 'answered') expect(typeof outcome.answer.json).toBe('object');
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe('signed nonsense', () => {
  it('proves nothing and breaks nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(200, 202, 400, 403, 404, 429), (json, status) => {
        for (const { kind } of readAll(json, status)) expect(proofs).not.toContain(kind);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('a paid answer with any one field replaced is proof only if that field is not one that counts', () => {
    const whole = JSON.parse(paidBody.toString()) as Record<string, unknown>;
    const counts = [
      'mchid',
      'out_trade_no',
      'trade_state',
      'appid',
      'amount',
      'success_time',
      'transaction_id',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(whole)), fc.jsonValue(), (name, value) => {
        const [event] = readAll({ ...whole, [name]: value }, 200);
        if (event?.kind !== 'approved') return;
        // what may pass: an application left out, WeChat's own number
        expect(['appid', 'transaction_id'], `${name}=${JSON.stringify(value)}`).toContain(name);
        if (name === 'appid') expect(value).toBeNull();
        expect(counts).toContain(name);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('a random code declines only if it stands in the table', () => {
    const code = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.keys(wechatDeclines), ...Object.getOwnPropertyNames(Object.prototype)),
    );
    fc.assert(
      fc.property(code, fc.constantFrom(400, 401, 403, 404, 429), (text, status) => {
        const [event] = readAll({ code: text }, status);
        if (event?.kind === 'declined') expect(Object.keys(wechatDeclines)).toContain(text);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

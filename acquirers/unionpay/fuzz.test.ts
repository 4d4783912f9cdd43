// Whatever comes over the line: no crash, and no approval, decline or acknowledgement that was not signed for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUnionpayKeys, type UnionpayKeyFiles } from '../../fixtures/acquirers/unionpay/keys.ts';
import { facts, keySettings, order, paidAnswer, refund } from '../../test/acquirers/unionpay.ts';
import { loadKeys } from './certificate.ts';
import { readProbeAnswer, readPurchaseAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { unionpayCodes } from './codes.ts';
import { readFields } from './form.ts';
import { readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';
import { believe, type Signing } from './message.ts';
import { type Fields, signatureOf } from './signature.ts';

const seed = 20261128;
let directory = '';
let files: UnionpayKeyFiles;
let signing: Signing;
let good: Buffer;

/** As UnionPay writes it: nothing encoded. */
function answerOf(fields: Fields): Buffer {
  const signPubKeyCert = readFileSync(files.signerCertFile, 'utf8').replaceAll('\n', '\r\n');
  const said = { version: '5.1.0', encoding: 'UTF-8', signMethod: '01', ...fields, signPubKeyCert };
  const key = createPrivateKey(readFileSync(files.signerKeyFile, 'utf8'));
  const pairs = Object.entries({ ...said, signature: signatureOf(key, said) });
  return Buffer.from(pairs.map(([name, value]) => `${name}=${value}`).join('&'));
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-'));
  files = makeUnionpayKeys(join(directory, 'keys'));
  const keys = loadKeys(keySettings(files));
  signing = { keys, merchantId: facts.merchantId, wall_ms: () => Date.now() };
  good = answerOf(paidAnswer);
});
afterAll(() => rmSync(directory, { recursive: true }));

const receive = (body: Buffer, status = 200, headers = {}) => believe(signing, { status, headers, body }, 1);
const proofs = [
  'approved',
  'declined',
  'hostReversed',
  'reversalAcknowledged',
  'notFound',
  'done',
  'refused',
];

/** All that the readers make of an answer. */
const readAll = (fields: Fields) => [
  readPurchaseAnswer(fields, facts, order),
  readQueryAnswer(fields, facts, order),
  readReversalAnswer(fields, facts, order),
  readGiveBackAnswer(fields, facts, refund),
  readGiveBackInquiry(fields, facts, refund),
];

describe('bytes', () => {
  it('the good answer is believed, so that the rest of this file means something', () => {
    const outcome = receive(good);
    if (outcome.kind !== 'answered') throw new Error(outcome.cause);
    expect(readAll(outcome.fields)[1]?.kind).toBe('approved');
  });

  it('no change of a signed answer is believed', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const body = Buffer.from(good);
        body[at] = (body[at] ?? 0) ^ bits;
        expect(receive(body).kind).toBe('unbelievable');
      }),
      { seed, numRuns: 500 },
    );
  });

  it('no answer with something cut out, put in or said twice is believed', () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 20 }), (at, length, added) => {
        fc.pre(length > 0 || added !== '');
        const body = Buffer.concat([good.subarray(0, at), Buffer.from(added), good.subarray(at + length)]);
        fc.pre(!body.equals(good));
        expect(receive(body).kind).toBe('unbelievable');
      }),
      { seed, numRuns: 500 },
    );
    expect(receive(Buffer.concat([good, Buffer.from('&txnAmt=8880')])).kind).toBe('unbelievable');
  });

  it('nothing unsigned is believed, whatever its status, headers and bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all)),
      fc.string({ unit: fc.constantFrom(...'ab=&{}[]-\r\n%+') }).map((text) => Buffer.from(text)),
    );
    const status = fc.oneof(fc.constant(200), fc.nat(999));
    fc.assert(
      fc.property(
        status,
        fc.dictionary(fc.constantFrom('date', 'x'), fc.string()),
        bytes,
        (code, headers, body) => {
          expect(receive(body, code, headers).kind).toBe('unbelievable');
        },
      ),
      { seed, numRuns: 1500 },
    );
  });
});

describe('a form', () => {
  it('gives back what was put in, brackets and all', () => {
    const name = fc.stringMatching(/^[A-Za-z]\w{0,10}$/);
    const plain = fc.string().filter((text) => !/[&{}[\]]/.test(text));
    const nested = plain.map((text) => `{a=${text}&b=[c]&d=1}`);
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(plain, nested), { minKeys: 1 }), (fields) => {
        const text = Object.entries(fields)
          .map((pair) => pair.join('='))
          .join('&');
        expect(readFields(text)).toEqual({ ...fields });
      }),
      { seed, numRuns: 500 },
    );
  });

  it.each(['', 'a', '=a', 'a=1&a=2', 'a=1&', 'a=1&&b=2', '<html>', 'a b=1', '__proto__=1'])(
    '%j is none',
    (text) => {
      expect(readFields(text)).toBeNull();
    },
  );
});

describe('signed nonsense', () => {
  const known = fc.constantFrom(...Object.keys(paidAnswer), 'origQryId', 'constructor');

  it('proves nothing and breaks nothing', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('00', '01', '8880', '156', 'constructor'));
    fc.assert(
      fc.property(fc.dictionary(known, value), (fields) => {
        readProbeAnswer(fields);
        for (const { kind } of readAll(fields))
          if (kind !== 'notFound') expect(proofs, JSON.stringify(fields)).not.toContain(kind);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('a paid answer with any one field replaced is no approval, but for numbers of UnionPay itself', () => {
    const theirs = ['queryId', 'traceNo', 'traceTime', 'settleDate', 'txnSubType'];
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(paidAnswer)), fc.string(), (name, value) => {
        fc.pre(value !== paidAnswer[name]);
        const [, event] = readAll({ ...paidAnswer, [name]: value });
        if (event?.kind === 'approved') expect(theirs, `${name}=${JSON.stringify(value)}`).toContain(name);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('a random code declines only if it stands in the table', () => {
    const code = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.keys(unionpayCodes), ...Object.getOwnPropertyNames(Object.prototype)),
    );
    fc.assert(
      fc.property(code, (text) => {
        const [answered] = readAll({ ...paidAnswer, respCode: text });
        const [, asked] = readAll({ ...paidAnswer, origRespCode: text });
        for (const event of [answered, asked])
          if (event?.kind === 'declined') expect(Object.keys(unionpayCodes)).toContain(text);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

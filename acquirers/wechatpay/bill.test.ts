// What WeChat's answers about a bill mean, and what the download must be to be believed.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billPath, readBillOffer, unpackBill } from './bill.ts';

const sha1Of = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
const good = {
  download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5TUPto7',
  hash_type: 'SHA1',
  hash_value: '8823044C286BEA726F149BFCFCE0B0318122D755',
};

it('asks for all of a day, packed', () => {
  expect(billPath('2026-11-28')).toBe('/v3/bill/tradebill?bill_date=2026-11-28&bill_type=ALL&tar_type=GZIP');
});

it('takes an offer', () => {
  const offered = readBillOffer({ status: 200, json: good }, 'https:');
  expect(offered).toEqual({
    kind: 'offered',
    url: new URL(good.download_url),
    sha1: good.hash_value.toLowerCase(),
  });
});

describe.each([
  [400, 'STATEMENT_CREATING', 'notReady'],
  [400, 'NO_STATEMENT_EXIST', 'none'],
  [400, 'INVALID_REQUEST', 'refused'],
  [400, 'PARAM_ERROR', 'refused'],
  [401, 'SIGN_ERROR', 'refused'],
  [403, 'NO_AUTH', 'refused'],
  [429, 'FREQUENCY_LIMITED', 'refused'],
])('%i %s', (status, code, kind) => {
  it(`is ${kind}`, () => {
    const answer = { status, json: { code, message: '' } };
    expect(readBillOffer(answer, 'https:')).toEqual({ kind, cause: code });
  });
});

it.each([
  [{ hash_type: 'MD5' }, 'NO_OFFER'],
  [{ hash_value: '8823' }, 'NO_OFFER'],
  [{ hash_value: undefined }, 'NO_OFFER'],
  [{ download_url: 'token=x' }, 'DOWNLOAD_URL'],
  [{ download_url: 'http://api.mch.weixin.qq.com/v3/billdownload/file?token=x' }, 'DOWNLOAD_URL http:'],
  [{ download_url: 'file:///etc/passwd' }, 'DOWNLOAD_URL file:'],
])('does not follow %j', (change, cause) => {
  const json = { ...good, ...change };
  expect(readBillOffer({ status: 200, json }, 'https:')).toEqual({ kind: 'damaged', cause });
});

it('believes the bytes of the digest and no others, packed or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), fc.boolean(), (content, where, isPacked) => {
      const bytes = Buffer.from(content);
      const sent = isPacked ? gzipSync(bytes) : bytes;
      // Bytes that begin like a packed file and are none can't be told from a broken one.
      fc.pre(isPacked || !(bytes[0] === 0x1f && bytes[1] === 0x8b));
      expect(unpackBill(sent, sha1Of(bytes))).toEqual(bytes);
      expect(
        unpackBill(sent.subarray(0, sent.length - 1), sha1Of(Buffer.from([...bytes, 0]))),
      ).toHaveProperty('fault');
      if (bytes.length === 0) return;
      const changed = Buffer.from(bytes);
      const at = where % bytes.length;
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unpackBill(isPacked ? gzipSync(changed) : changed, sha1Of(bytes))).toHaveProperty('fault');
    }),
  );
});

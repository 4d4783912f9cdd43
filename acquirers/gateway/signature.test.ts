// The signature against vectors computed with Python's hashlib and hmac, not with our own code:
//   base64(hmac_sha256(key, app + timestamp + nonce + sha256hex(body))) and the same over nonce + timestamp + sha256hex(answer).
import { describe, expect, it } from 'vitest';
import { answerSignatureFault, authorizationHeader, timestampOf, timestampToMs } from './signature.ts';

const key = { appId: 'YIMA-SANDBOX', appKey: Buffer.from('0123456789abcdef0123456789abcdef') };
const nonce = '00112233445566778899aabbccddeeff';
/** 2026-11-23 18:00:00 in Shanghai. */
const wall_ms = Date.UTC(2026, 10, 23, 10, 0, 0);

describe('a request', () => {
  it('is signed as the vector says, UTF-8 bytes and all', () => {
    const body = Buffer.from('{"merchantCode":"898420157220001","terminalCode":"20260002","说明":"一码"}');
    expect(authorizationHeader(key, body, nonce, wall_ms)).toBe(
      'OPEN-BODY-SIG AppId="YIMA-SANDBOX", Timestamp="20261123180000", ' +
        'Nonce="00112233445566778899aabbccddeeff", Signature="znsVZnzfBQqsdXMxwxJTCWF3UioW5NCQ6qYPyp9CkCw="',
    );
  });

  it.each([
    ['20261123180000', Date.UTC(2026, 10, 23, 10)],
    ['20270101000000', Date.UTC(2026, 11, 31, 16)],
    ['20240229235959', Date.UTC(2024, 1, 29, 15, 59, 59)],
  ])('carries Shanghai time %s', (text, at_ms) => {
    expect(timestampOf(at_ms)).toBe(text);
    expect(timestampToMs(text)).toBe(at_ms);
  });

  it.each(['', '2026112318000', '202611231800000', '2026112318000x', '20261323180000', ' 20261123180000'])(
    'timestamp %j is none',
    (text) => {
      expect(timestampToMs(text)).toBeNull();
    },
  );
});

describe('an answer', () => {
  const SIGNATURE = 'ookOIgULuZyqtRo77D/ik3iOQeKBJFB4QfdEufVrXuQ=';
  const good = `Timestamp="20261123180000", Signature="${SIGNATURE}"`;
  const answer = { body: Buffer.from('{"errCode":"00"}'), nonce, wall_ms };

  it('signed as the vector says is authentic', () => {
    expect(answerSignatureFault(key, good, answer)).toBeNull();
  });

  it.each([
    ['another body', { body: Buffer.from('{"errCode":"01"}') }],
    ['one more byte', { body: Buffer.from('{"errCode":"00"} ') }],
    ['the answer to another request', { nonce: '10112233445566778899aabbccddeeff' }],
  ])('with %s is not', (_what, change) => {
    expect(answerSignatureFault(key, good, { ...answer, ...change })).toBe('badSignature');
  });

  it('under another key is not', () => {
    const other = { ...key, appKey: Buffer.from('0123456789abcdef0123456789abcdee') };
    expect(answerSignatureFault(other, good, answer)).toBe('badSignature');
  });

  it('with another time in the header is not, although that time is fresh', () => {
    expect(answerSignatureFault(key, good.replace('180000', '180001'), answer)).toBe('badSignature');
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['without its signature', 'Timestamp="20261123180000"'],
    ['cut short', good.slice(0, -3)],
    ['with something behind it', `${good}, Extra="1"`],
    ['in another encoding', good.replace(SIGNATURE, Buffer.from(SIGNATURE, 'base64').toString('hex'))],
    ['the same one twice', `${good}, ${good}`],
  ])('with a header that is %s counts as unsigned', (_what, header) => {
    expect(answerSignatureFault(key, header, answer)).toBe('unsigned');
  });

  it.each([
    [-300_001, 'staleSignature'],
    [-300_000, null],
    [300_000, null],
    [300_001, 'staleSignature'],
  ])('%i ms off by our clock: %s', (off_ms, fault) => {
    expect(answerSignatureFault(key, good, { ...answer, wall_ms: wall_ms + off_ms })).toBe(fault);
  });
});

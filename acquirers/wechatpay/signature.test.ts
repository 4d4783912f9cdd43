// Signatures against vectors that others made (wechatpay-go and wechatpay-java, Apache 2.0) and the openssl command.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  answerSignatureFault,
  authorizationHeader,
  readPlatformKeys,
  requestMessage,
  TIMESTAMP_TOLERANCE_ms,
} from './signature.ts';
import { openSealed } from './sealed.ts';

/** wechatpay-go utils/sign_test.go: the public half of its published teaching key, and the signature of "source". */
const vectorKey = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2VCTd91fnUn73Xy9DLvt/V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO',
  '4RwdHXagHQ4vGeZN0yqm++rDsGK+U3AH7kejyD2pXshNP9Cq5YwbptiLGtjcquw4HNxJQUOmDeJf2vg6byms9RUipiq4SzbJKqJF',
  'lUpbuIPDpSpWz10PYmyCNeDGUUK65E5h2B834uxl1zNLYQCrkdBzb8oUxwYeP5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGf',
  'y8wus7hwKz6clt3Whmmda7UAdb1c08hEQFVRbF14AR73xbnd8N0obCWJPCbzMCtkaSef4FdEEgEXJiw0VAJT8wIDAQAB',
].join('');
const vectorOfSource =
  'BKyAfU4iMCuvXMXS0Wzam3V/cnxZ+JaqigPM5OhljS2iOT95OO6Fsuml2JkFANJU9K6q9bLlDhPXuoVz+pp4hAm6pHU4ld815U4jsKu1RkyaII+1CYBU' +
  'YC8TK0XtJ8FwUXXz8vZHh58rrAVN1XwNyvD1vfpxrMT4SL536GLwvpUHlCqIMzoZUguLli/K8V29QiOhuH6IEqLNJn8e9b3nwNcQ7be3CzYGpDAKBfDG' +
  'PCqCv8Rw5zndhlffk2FEA70G4hvMwe51qMN/RAJbknXG23bSlObuTCN7Ndj1aJGH6/L+hdwfLpUtJm4QYVazzW7DFD27EpSQEqA8bX9+8m1rLg==';
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });

const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-sig-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** 2026-11-23 18:00:00 in Shanghai. */
const wall_ms = Date.UTC(2026, 10, 23, 10);
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }): string =>
  String(key.export({ type: 'spki', format: 'pem' }));
const keys = readPlatformKeys([
  { serial: 'PUB_KEY_ID_0119', pem: pem(platform.publicKey) },
  { serial: '5dea10ef', pem: pem(other.publicKey) },
]);

describe('a request', () => {
  const request = {
    method: 'GET',
    path: '/v3/pay/transactions/out-trade-no/A1?mchid=1900000109',
    body: '',
  } as const;

  it('is signed by the algorithm of the vector in the official Go client', () => {
    const key = createPublicKey({ key: Buffer.from(vectorKey, 'base64'), format: 'der', type: 'spki' });
    const signature = Buffer.from(vectorOfSource, 'base64');
    expect(verify('sha256', Buffer.from('source'), key, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('Source'), key, signature)).toBe(false);
  });

  it('is laid out line by line, with its query and an empty last line for no body', () => {
    expect(requestMessage(request, '1790244000', 'n')).toBe(
      'GET\n/v3/pay/transactions/out-trade-no/A1?mchid=1900000109\n1790244000\nn\n\n',
    );
  });

  it('has a header that the openssl command verifies, Chinese text and all', () => {
    const key = { merchantId: '1900000109', serial: '5F1C72E2', key: merchant.privateKey };
    const sent = { method: 'POST', path: '/v3/pay', body: '{"description":"一码"}' } as const;
    const header = authorizationHeader(key, sent, 'abc', wall_ms);
    const found =
      /^WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="abc",timestamp="(\d+)",serial_no="5F1C72E2",signature="([^"]+)"$/.exec(
        header,
      );
    expect(found?.[1]).toBe(String(wall_ms / 1000));
    const at = (name: string) => join(directory, name);
    writeFileSync(at('message'), `POST\n/v3/pay\n${wall_ms / 1000}\nabc\n{"description":"一码"}\n`);
    writeFileSync(at('signature'), Buffer.from(found?.[2] ?? '', 'base64'));
    writeFileSync(at('public.pem'), pem(merchant.publicKey));
    const args = [
      'dgst',
      '-sha256',
      '-verify',
      at('public.pem'),
      '-signature',
      at('signature'),
      at('message'),
    ];
    expect(execFileSync('openssl', args).toString()).toBe('Verified OK\n');
  });
});

describe('an answer', () => {
  const body = Buffer.from('{"trade_state":"SUCCESS"}');
  const signed = (change: Record<string, string | string[]> = {}, at_ms = wall_ms, bytes = body) => {
    const timestamp = String(at_ms / 1000);
    const message = Buffer.concat([Buffer.from(`${timestamp}\nn0\n`), bytes, Buffer.from('\n')]);
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'n0',
      'wechatpay-serial': 'PUB_KEY_ID_0119',
      'wechatpay-signature': sign('sha256', message, platform.privateKey).toString('base64'),
      ...change,
    };
  };
  const fault = (headers: Record<string, string | string[]>, bytes = body) =>
    answerSignatureFault(keys, headers, { body: bytes, wall_ms });

  it('is believed with its own key, whichever of several it names', () => {
    expect(fault(signed())).toBeNull();
    const message = Buffer.concat([Buffer.from(`${wall_ms / 1000}\nn0\n`), body, Buffer.from('\n')]);
    const signature = sign('sha256', message, other.privateKey).toString('base64');
    expect(fault(signed({ 'wechatpay-serial': '5DEA10EF', 'wechatpay-signature': signature }))).toBeNull();
    expect(fault(signed({ 'wechatpay-serial': '5DEA10EF' }))).toBe('badSignature');
  });

  it('without a body is signed over the empty body', () => {
    const nothing = Buffer.alloc(0);
    expect(fault(signed({}, wall_ms, nothing), nothing)).toBeNull();
    expect(fault(signed({}, wall_ms, nothing))).toBe('badSignature');
  });

  it.each([
    ['a serial nobody configured', { 'wechatpay-serial': 'PUB_KEY_ID_0120' }, 'unknownSerial'],
    ['the serial of a property of maps', { 'wechatpay-serial': '__proto__' }, 'unknownSerial'],
    ['another time', { 'wechatpay-timestamp': String(wall_ms / 1000 + 1) }, 'badSignature'],
    ['another nonce', { 'wechatpay-nonce': 'n1' }, 'badSignature'],
    ['a time that is none', { 'wechatpay-timestamp': '1e9' }, 'unsigned'],
    ['a header twice', { 'wechatpay-signature': ['a', 'b'] }, 'unsigned'],
    ["WeChat's own trial of us", { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc=_-' }, 'badSignature'],
    ['no signature', { 'wechatpay-signature': '' }, 'unsigned'],
  ])('with %s is not', (_, change, expected) => {
    expect(fault(signed(change))).toBe(expected);
  });

  it.each(Array.from({ length: body.length }, (_, at) => at))('with byte %i changed is not', (at) => {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(fault(signed(), changed)).toBe('badSignature');
  });

  it('is too old after five minutes, and too new as well', () => {
    expect(fault(signed({}, wall_ms - TIMESTAMP_TOLERANCE_ms))).toBeNull();
    expect(fault(signed({}, wall_ms + TIMESTAMP_TOLERANCE_ms))).toBeNull();
    expect(fault(signed({}, wall_ms - TIMESTAMP_TOLERANCE_ms - 1000))).toBe('staleSignature');
    expect(fault(signed({}, wall_ms + TIMESTAMP_TOLERANCE_ms + 1000))).toBe('staleSignature');
  });
});

describe('platform keys', () => {
  it('are RSA or nothing', () => {
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => readPlatformKeys([{ serial: 'X', pem: pem(curve.publicKey) }])).toThrow('not RSA');
    expect(() => readPlatformKeys([{ serial: 'X', pem: 'nonsense' }])).toThrow();
  });

  it('are certificates too', () => {
    const message = Buffer.from('x');
    const files = ['-keyout', join(directory, 'c.key'), '-out', join(directory, 'c.pem')];
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, '-subj', '/CN=t', '-days', '1'];
    execFileSync('openssl', args, { stdio: 'ignore' });
    const certificate = readFileSync(join(directory, 'c.pem'), 'utf8');
    const key = readPlatformKeys([{ serial: 'c1', pem: certificate }]).get('C1');
    const secret = createPrivateKey(readFileSync(join(directory, 'c.key')));
    expect(key && verify('sha256', message, key, sign('sha256', message, secret))).toBe(true);
  });
});

describe('a sealed message', () => {
  /** wechatpay-java AeadAesCipherTest and TestConfig. */
  const key = Buffer.from('a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb');
  const vector = {
    nonce: 'uluk4a9R25RW',
    associatedData: 'associatedData',
    ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
  };

  it('opens as the vector of the official Java client says', () => {
    expect(openSealed(key, vector)?.toString()).toBe('message');
  });

  it.each([
    ['other associated data', { associatedData: 'associatedDatA' }],
    ['another nonce', { nonce: 'uluk4a9R25RX' }],
    ['no nonce', { nonce: '' }],
    ['a changed byte', { ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwM=' }],
    ['a short tag', { ciphertext: 'ulwSiIajGClcvcOYvOQ7' }],
    ['nothing in it', { ciphertext: '' }],
  ])('with %s stays shut', (_, change) => {
    expect(openSealed(key, { ...vector, ...change })).toBeNull();
  });

  it('needs the key of 32 bytes, and the right one', () => {
    expect(openSealed(Buffer.alloc(32, 7), vector)).toBeNull();
    expect(() => openSealed(key.subarray(1), vector)).toThrow('32 bytes');
  });
});

// RSA2 against a public vector, OpenSSL's own words, and Alipay's client as the second implementation.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlipaySdk } from 'alipay-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AlipayKeyFiles,
  makeAlipayKeys,
  makeSelfSigned,
  makeSuccessor,
  serialOfCertificate,
  serialOfRoot,
} from '../../fixtures/acquirers/alipay/keys.ts';
import { certificateSerial, rootCertificateSerial, serialOf, signersIn } from './certificate.ts';
import { prepare } from './message.ts';
import { isSignedBy, loadKeys, signedText } from './signature.ts';

let directory = '';
let files: AlipayKeyFiles;
const read = (file: string): string => readFileSync(file, 'utf8');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-alipay-keys-'));
  files = makeAlipayKeys(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A real answer of 2019 and its key: go-pay/gopay alipay/sign_test.go, TestSyncVerifySign (payments.md 3.9). */
const vector = {
  key: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAp8gueNlkbiDidz6FBQEBpqoRgH8h7JtsPtYW0nzAqy1MME4mFnDSMfSKlreUomS3a55gmBopL1eF4/Km/dEnaL5tCY9+24SKn1D4iyls+lvz/ZjvUjVwxoUYBh8kkcxMZSDeDz8//o+9qZTrICVP2a4sBB8T0XmU4gxfw8FsmtoomBH1nLk3AO7wgRN2a3+SRSAmxrhIGDmF1lljSlhY32eJpJ2TZQKaWNW+7yDBU/0Wt3kQVY84vr14yYagnSCiIfqyVFqePayRtmVJDr5qvSXr51tdqs2zKZCu+26X7JAF4BSsaq4gmY5DmDTm4TohCnBduI1+bPGD+igVmtl05wIDAQAB',
  sign: 'bk3SzX0CZRI811IJioS2XKQHcgMixUT8mYyGQj+vcOAQas7GIYi6LpykqqSc3m7+yvqoG0TdX/c2JjYnpw/J53JxtC2IC4vsLuIPIgghVo5qafsfSxEJ22w20RZDatI2dYqFVcj8Jp+4aesQ8zMMNw7cX9NLyk7kw3DecYeyQp+zrZMueZPqLh88Z+54G+e6QuSU++0ouqQVd4PkpPqy6YI+8MdMUX4Ve0jOQxMmYH8BC6n5ZsTH/uEaLEtzYVZdSw/xdSQ7K1SH73aEH8XbRYx6rL7RkKksrdvhezX+ThDjQ+fTWjvNFrGcg3fmqXRy2elvoalu+BQmqlkWWjEJYA==',
  said: '{"code":"10000","msg":"Success","buyer_logon_id":"854***@qq.com","buyer_pay_amount":"0.01","buyer_user_id":"2088102363632794","fund_bill_list":[{"amount":"0.01","fund_channel":"PCREDIT"}],"gmt_payment":"2019-08-29 20:14:05","invoice_amount":"0.01","out_trade_no":"GZ201901301040361012","point_amount":"0.00","receipt_amount":"0.01","total_amount":"0.01","trade_no":"2019082922001432790585537960"}',
};

describe('an answer', () => {
  const key = createPublicKey({ key: Buffer.from(vector.key, 'base64'), format: 'der', type: 'spki' });

  it('of the real gateway is verified over its own text', () => {
    expect(isSignedBy(key, vector.said, vector.sign)).toBe(true);
  });

  it('is not verified when a digit, a blank or the order of its members is another', () => {
    const parsed = JSON.parse(vector.said) as Record<string, unknown>;
    const turned = JSON.stringify(Object.fromEntries(Object.entries(parsed).toReversed()));
    for (const text of [vector.said.replace('0.01', '0.10'), `${vector.said} `, turned])
      expect(isSignedBy(key, text, vector.sign)).toBe(false);
  });

  it.each(['', 'AAAA', '====', 'not base64!', ' '])('is not verified by the signature %j', (text) => {
    expect(isSignedBy(key, vector.said, text)).toBe(false);
  });
});

describe('a request', () => {
  it('is signed over its sorted parameters, without those that say nothing', () => {
    expect(
      signedText({ method: 'b', app_id: '1', sign: 'x', notify_url: '', biz_content: '{"a":"一 & b"}' }),
    ).toBe('app_id=1&biz_content={"a":"一 & b"}&method=b');
  });

  it.each(['key', 'certificate'])('in %s mode is verified by the client of Alipay', (mode) => {
    const trust =
      mode === 'key'
        ? ({ kind: 'publicKey', publicKey: read(files.alipayPublicKeyFile) } as const)
        : ({
            kind: 'certificate',
            appCertificate: read(files.appCertFile),
            alipayCertificate: read(files.alipayCertFile),
            rootCertificates: read(files.rootCertFile),
          } as const);
    const keys = loadKeys({ appId: '2021000000000001', privateKey: read(files.merchantKeyFile), trust });
    const content = { out_trade_no: 'A1', subject: '一码 100% "+" = & 食品', total_amount: '0.01' };
    const request = { method: 'alipay.trade.pay', content, timeout_ms: 1 };
    const { query, body } = prepare({ keys, wall_ms: () => Date.UTC(2026, 10, 23, 16, 30) }, request);
    const sent = Object.fromEntries([
      ...new URLSearchParams(query),
      ...new URLSearchParams(body.toString('utf8')),
    ]);
    expect(sent).toMatchObject({ app_id: '2021000000000001', timestamp: '2026-11-24 00:30:00' });
    expect(JSON.parse(sent['biz_content'] ?? '')).toEqual(content);
    expect('app_cert_sn' in sent).toBe(mode === 'certificate');
    const theirs = new AlipaySdk({
      appId: 'x',
      privateKey: read(files.merchantKeyFile),
      keyType: 'PKCS8',
      alipayPublicKey: read(files.merchantPublicKeyFile),
    });
    expect(theirs.checkNotifySign(sent, true)).toBe(true);
    expect(theirs.checkNotifySign({ ...sent, app_id: '2021000000000002' }, true)).toBe(false);
  });
});

describe('the number of a certificate', () => {
  it("is OpenSSL's issuer and serial, and what Alipay's client makes of it", () => {
    const theirs = new AlipaySdk({
      appId: 'x',
      privateKey: read(files.merchantKeyFile),
      keyType: 'PKCS8',
      appCertContent: read(files.appCertFile),
      alipayPublicCertContent: read(files.alipayCertFile),
      alipayRootCertContent: read(files.rootCertFile),
    }).config;
    const ours = {
      app: certificateSerial(read(files.appCertFile)),
      alipay: certificateSerial(read(files.alipayCertFile)),
      root: rootCertificateSerial(read(files.rootCertFile)),
    };
    expect(ours).toEqual({
      app: serialOfCertificate(files.appCertFile),
      alipay: serialOfCertificate(files.alipayCertFile),
      root: serialOfRoot(files.rootCertFile),
    });
    expect(ours).toEqual({
      app: theirs.appCertSn,
      alipay: theirs.alipayCertSn,
      root: theirs.alipayRootCertSn,
    });
  });

  it('joins all RSA roots of a bundle, and counts no other', () => {
    const root = rootCertificateSerial(read(files.rootCertFile));
    const twice = rootCertificateSerial(read(files.rootCertFile).repeat(2));
    expect(twice).toBe(`${root}_${root}`);
  });

  it('needs a certificate', () => {
    expect(() => certificateSerial('')).toThrow('no certificate');
    expect(() => rootCertificateSerial(read(join(directory, 'other.crt')))).toThrow('no RSA certificate');
  });
});

describe('keys', () => {
  it('that are not RSA are refused at the start', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const trust = { kind: 'publicKey', publicKey } as const;
    expect(() => loadKeys({ appId: 'x', privateKey, trust })).toThrow('RSA2 needs RSA keys, not ec');
    expect(() => loadKeys({ appId: 'x', privateKey: 'nonsense', trust })).toThrow();
  });

  it('of another algorithm sign nothing that is believed', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const trusted = createPublicKey(read(files.alipayPublicKeyFile));
    const weak = sign('sha1', Buffer.from('a'), read(files.alipayKeyFile)).toString('base64');
    const foreign = sign('sha256', Buffer.from('a'), privateKey).toString('base64');
    const good = sign('sha256', Buffer.from('a'), read(files.alipayKeyFile)).toString('base64');
    expect([good, weak, foreign].map((one) => isSignedBy(trusted, 'a', one))).toEqual([true, false, false]);
  });
});

describe('the certificates that sign answers', () => {
  const made = () => makeSuccessor(files);
  const signersOf = (pem: string) => signersIn(pem, read(files.rootCertFile)).map(serialOf);

  it('may be several, and the authorities beside them sign nothing', () => {
    const { alipayCertFile } = made();
    const both = [files.alipayCertFile, alipayCertFile];
    const root = read(join(directory, 'root.crt'));
    const serials = both.map((file) => serialOfCertificate(file));
    expect(signersOf(`${both.map(read).join('')}${root}`)).toEqual(serials);
    expect(new Set(serials).size).toBe(2);
    expect(() => signersOf(root)).toThrow('no certificate that signs answers');
  });

  it.each([
    ['of itself', '/CN=Yima Test Pay', '"Yima Test Pay" was not issued under the configured root'],
    [
      'in the name of the root',
      '/C=CN/O=Yima Test Financial/OU=Certification Authority/CN=Yima Test Root R1',
      '"Yima Test Root R1" was not issued under the configured root',
    ],
  ])('do not include one made out by somebody %s', (_, subject, fault) => {
    const forged = makeSelfSigned(directory, subject);
    expect(() => signersOf(`${read(files.alipayCertFile)}${read(forged)}`)).toThrow(fault);
  });

  it('do not include one that a false root of the same name has issued', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'yima-alipay-forged-'));
    const forged = makeAlipayKeys(elsewhere);
    expect(() => signersOf(read(forged.alipayCertFile))).toThrow('"Yima Test Pay" was not issued');
    rmSync(elsewhere, { recursive: true });
  });

  it('are taken where the authority that issued them is not at hand', () => {
    const other = read(join(directory, 'other.crt'));
    expect(signersIn(read(files.alipayCertFile), other).map(serialOf)).toEqual([
      serialOfCertificate(files.alipayCertFile),
    ]);
  });
});

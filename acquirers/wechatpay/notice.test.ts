// Notices of WeChat Pay: those that another library made are read, those of our simulator are read by it, and whatever is wrong has a name.
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import type { NoticeRead } from '../../core/ports/notices.ts';
import type { Misbehaviour } from '../../fixtures/acquirers/notifier.ts';
import { noticeOf } from '../../fixtures/acquirers/wechatpay/notice.ts';
import type { RawNotice } from '../transport/notice.ts';
import { type NoticeKeys, readWechatNotice } from './notice.ts';
import { readPlatformKeys } from './signature.ts';

/** Of its interface what is used here; its own types don't compile. */
type Library = {
  Formatter: { response(timestamp: string, nonce: string, body: string): string };
  Rsa: {
    sign(message: string, privateKey: string): string;
    verify(message: string, signature: string, key: string): boolean;
  };
  Aes: {
    AesGcm: {
      encrypt(text: string, key: string, nonce: string, data?: string): string;
      decrypt(sealed: string, key: string, nonce: string, data?: string): string;
    };
  };
};
const require = createRequire(import.meta.url);
const { Formatter, Rsa, Aes } = require('wechatpay-axios-plugin') as Library;

const now_ms = Date.UTC(2026, 10, 29, 4);
const KEY = '0123456789abcdef0123456789abcdef';
const certified = generateKeyPairSync('rsa', { modulusLength: 2048 });
const named = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = (pair: typeof certified): string =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = (pair: typeof certified): string =>
  pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
const KEY_ID = 'PUB_KEY_ID_0114232134912410000000000000';
const merchant = { appId: 'wx0000000000000001', merchantId: '1900000109' };
const keys: NoticeKeys = {
  apiV3Key: Buffer.from(KEY),
  platformKeys: readPlatformKeys([
    { serial: SERIAL, pem: publicPem(certified) },
    { serial: KEY_ID, pem: publicPem(named) },
  ]),
  merchant,
};

const paid = {
  appid: merchant.appId,
  mchid: merchant.merchantId,
  out_trade_no: '2611290001000200AB7K3M9Q1',
  transaction_id: '4200001234202611290000000001',
  trade_state: 'SUCCESS',
  success_time: '2026-11-29T12:00:00+08:00',
  amount: { total: 1290, payer_total: 1290, currency: 'CNY', payer_currency: 'CNY' },
};

type Change = {
  order?: object;
  key?: string;
  event?: string;
  serial?: string;
  signer?: typeof certified;
  at_ms?: number;
  resource?: object;
  headers?: object;
  body?: (body: string) => string;
};

const sealedBy = (nonce: string): object => ({
  nonce,
  ciphertext: Aes.AesGcm.encrypt(JSON.stringify(paid), KEY, nonce, 'transaction'),
});

/** Made by the library alone. */
function made(change: Change = {}): RawNotice {
  const nonce = 'fdasflkja484';
  const opened = JSON.stringify({ ...paid, ...change.order });
  const resource = {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Aes.AesGcm.encrypt(opened, change.key ?? KEY, nonce, 'transaction'),
    associated_data: 'transaction',
    nonce,
    ...change.resource,
  };
  const event_type = change.event ?? 'TRANSACTION.SUCCESS';
  const body = JSON.stringify({ id: 'EV-1', resource_type: 'encrypt-resource', event_type, resource });
  const timestamp = String(Math.floor((change.at_ms ?? now_ms) / 1000));
  const signed = Formatter.response(timestamp, 'n0nce', body);
  return {
    headers: {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'n0nce',
      'wechatpay-serial': change.serial ?? SERIAL,
      'wechatpay-signature': Rsa.sign(signed, privatePem(change.signer ?? certified)),
      ...change.headers,
    },
    body: Buffer.from(change.body?.(body) ?? body),
    arrived_ms: now_ms,
  };
}

const ours: NoticeRead = { kind: 'named', orderNumber: paid.out_trade_no, amount_fen: 1290 };
const problem = (what: string): NoticeRead => ({ kind: 'problem', problem: what });

it.each<[string, Change, NoticeRead]>([
  ['by a certificate', {}, ours],
  ['by a public key', { serial: KEY_ID, signer: named }, ours],
  ['of an order that ended otherwise: asked about as well', { event: 'TRANSACTION.FAIL' }, ours],
  ['five minutes old', { at_ms: now_ms - 300_000 }, ours],
  ['older', { at_ms: now_ms - 301_000 }, problem('staleSignature')],
  ['of the future', { at_ms: now_ms + 301_000 }, problem('staleSignature')],
  ['signed by another key', { signer: named }, problem('badSignature')],
  ['of a serial that nobody gave us', { serial: 'AB12' }, problem('unknownSerial')],
  ['changed since', { body: (body) => body.replace('EV-1', 'EV-2') }, problem('badSignature')],
  ['unsigned', { headers: { 'wechatpay-signature': '' } }, problem('unsigned')],
  ['a trial', { headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' } }, { kind: 'trial' }],
  ['sealed with another key', { key: KEY.toUpperCase() }, problem('notSealedForUs')],
  ['sealed for something else', { resource: { associated_data: 'refund' } }, problem('notSealedForUs')],
  ['sealed with a nonce of 192 bytes', { resource: { nonce: '一'.repeat(64) } }, problem('notSealedForUs')],
  ['sealed with one of 11', { resource: sealedBy('fdasflkja48') }, problem('notSealedForUs')],
  ['sealed otherwise', { resource: { algorithm: 'NONE' } }, problem('notUnderstood')],
  ['of a refund', { event: 'REFUND.SUCCESS' }, problem('otherEvent')],
  ['of another merchant', { order: { mchid: '1900000110' } }, problem('otherMerchant')],
  ['of another application', { order: { appid: 'wx2' } }, problem('otherMerchant')],
  ['of another currency', { order: { amount: { total: 1290, currency: 'HKD' } } }, problem('otherMoney')],
  ['without an amount', { order: { amount: {} } }, problem('notUnderstood')],
  ['of half a fen', { order: { amount: { total: 12.5 } } }, problem('notUnderstood')],
  ['without a number', { order: { out_trade_no: '' } }, problem('notUnderstood')],
])('%s', (_, change, expected) => {
  expect(readWechatNotice(made(change), keys)).toEqual(expected);
});

it('no JSON at all, though signed', () => {
  const body = 'not JSON';
  const signature = Rsa.sign(Formatter.response(String(now_ms / 1000), 'n0nce', body), privatePem(certified));
  const notice = made({ headers: { 'wechatpay-signature': signature }, body: () => body });
  expect(readWechatNotice(notice, keys)).toEqual(problem('notUnderstood'));
});

const platform = { serial: SERIAL, key: certified.privateKey };
const parties = { appId: merchant.appId, merchantId: merchant.merchantId };
const posted = (how?: Misbehaviour): RawNotice => {
  const told = { orderNumber: paid.out_trade_no, amount_fen: 1290 };
  const { headers, body } = noticeOf(told, how, parties, { apiV3Key: Buffer.from(KEY), platform });
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    headers: Object.fromEntries(lower) as Record<string, string>,
    body: Buffer.from(body),
    arrived_ms: Date.now(),
  };
};

it("the simulator's is good to the library, and to us", () => {
  const notice = posted();
  const { headers } = notice;
  const body = notice.body.toString('utf8');
  const message = Formatter.response(
    headers['wechatpay-timestamp'] ?? '',
    headers['wechatpay-nonce'] ?? '',
    body,
  );
  expect(Rsa.verify(message, headers['wechatpay-signature'] ?? '', publicPem(certified))).toBe(true);
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string };
  };
  const opened = Aes.AesGcm.decrypt(resource.ciphertext, KEY, resource.nonce, resource.associated_data);
  expect(JSON.parse(opened)).toMatchObject({ out_trade_no: paid.out_trade_no, trade_state: 'SUCCESS' });
  expect(readWechatNotice(notice, keys)).toEqual(ours);
});

it.each<[Misbehaviour, string]>([
  ['otherKey', 'badSignature'],
  ['otherMerchant', 'otherMerchant'],
])("the simulator's %s is one", (how, what) => {
  expect(readWechatNotice(posted(how), keys)).toEqual(problem(what));
});

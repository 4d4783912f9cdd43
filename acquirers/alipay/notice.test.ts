// Notices of Alipay: its own SDK is the judge of what the simulator sends, and of what we believe.
import { createSign, generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { expect, it } from 'vitest';
import type { NoticeRead } from '../../core/ports/notices.ts';
import { noticeOf } from '../../fixtures/acquirers/alipay/notice.ts';
import type { Misbehaviour } from '../../fixtures/acquirers/notifier.ts';
import type { RawNotice } from '../transport/notice.ts';
import { type NoticeKeys, readAlipayNotice } from './notice.ts';

const pemOf = (key: ReturnType<typeof generateKeyPairSync>['privateKey']): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const APP = '2021000000000001';
const keys: NoticeKeys = { appId: APP, signers: [{ serial: null, key: alipay.publicKey }], serials: null };
const CERTIFICATE = 'ab'.repeat(16);
const serials = { app: 'a', root: 'r' };
const certified: NoticeKeys = {
  ...keys,
  signers: [{ serial: CERTIFICATE, key: alipay.publicKey }],
  serials,
};

const told = { orderNumber: '2611290001000200AB7K3M9Q1', amount_fen: 1290 };
const ours: NoticeRead = { kind: 'named', ...told };
const problem = (what: string): NoticeRead => ({ kind: 'problem', problem: what });
const parties = { appId: APP, privateKey: pemOf(alipay.privateKey), wrongKey: pemOf(other.privateKey) };

const raw = (body: string): RawNotice => ({ headers: {}, body: Buffer.from(body), arrived_ms: 0 });
const bodyOf = (how?: Misbehaviour): string => noticeOf(told, how, parties).body;
const fieldsOf = (body: string): Record<string, string> => Object.fromEntries(new URLSearchParams(body));

const sdk = new AlipaySdk({
  appId: APP,
  privateKey: pemOf(other.privateKey).replace(/-----[^-]+-----|\n/g, ''),
  keyType: 'PKCS8',
  alipayPublicKey: alipay.publicKey
    .export({ type: 'spki', format: 'pem' })
    .toString()
    .replace(/-----[^-]+-----|\n/g, ''),
});

/** Signed anew, as Alipay would, after a change. */
function signed(change: Record<string, string>, more = ''): RawNotice {
  const { sign: _old, sign_type: _type, ...fields } = { ...fieldsOf(bodyOf()), ...change };
  const names = Object.keys(fields).toSorted();
  const text = names.map((name) => `${name}=${fields[name] ?? ''}`).join('&');
  const sign = createSign('RSA-SHA256').update(text, 'utf8').sign(alipay.privateKey, 'base64');
  return raw(`${new URLSearchParams({ ...fields, sign, sign_type: 'RSA2' }).toString()}${more}`);
}

it('the SDK believes what we believe', () => {
  const body = bodyOf();
  expect(sdk.checkNotifySignV2(fieldsOf(body))).toBe(true);
  expect(readAlipayNotice(raw(body), keys)).toEqual(ours);
  expect(readAlipayNotice(raw(body), certified)).toEqual(ours);
});

it('nor does it leave out a field that says nothing', () => {
  const body = signed({ body: '' }).body.toString('utf8');
  expect(sdk.checkNotifySignV2(fieldsOf(body))).toBe(true);
});

it.each<[string, string]>([
  ['signed by another key', bodyOf('otherKey')],
  ['with a field more', `${bodyOf()}&more=1`],
  ['with another amount', bodyOf().replace('total_amount=12.90', 'total_amount=12.91')],
])('%s: neither believes it', (_, body) => {
  expect(sdk.checkNotifySignV2(fieldsOf(body))).toBe(false);
  expect(readAlipayNotice(raw(body), keys)).toEqual(problem('badSignature'));
});

it.each<[string, RawNotice, NoticeRead]>([
  ['changed, and signed for it', signed({ subject: 'a+b & c=d %' }), ours],
  ['with a field that says nothing', signed({ body: '' }), ours],
  ['of another application', raw(bodyOf('otherMerchant')), problem('otherMerchant')],
  ['a name twice', signed({}, '&total_amount=0.01'), problem('notUnderstood')],
  ['no amount', signed({ total_amount: '12,90' }), problem('notUnderstood')],
  ['no order', signed({ out_trade_no: '' }), problem('notUnderstood')],
  ['no signature', raw('app_id=1&out_trade_no=2'), problem('unsigned')],
  ['no form', { ...raw(''), body: Buffer.from([0xff, 0xfe]) }, problem('notUnderstood')],
  [
    'a weaker signature',
    raw(bodyOf().replace('sign_type=RSA2', 'sign_type=RSA')),
    problem('otherSignMethod'),
  ],
])('%s', (_, notice, expected) => {
  expect(readAlipayNotice(notice, keys)).toEqual(expected);
});

it('in certificate mode another certificate is not ours', () => {
  const notice = signed({ alipay_cert_sn: 'cd'.repeat(16) });
  expect(readAlipayNotice(notice, certified)).toEqual(problem('unknownSerial'));
  expect(readAlipayNotice(signed({ alipay_cert_sn: CERTIFICATE }), certified)).toEqual(ours);
});

it('while one certificate follows another both are ours, each for its own key', () => {
  const next = { serial: 'ef'.repeat(16), key: other.publicKey };
  const both = { ...certified, signers: [next, ...certified.signers] };
  expect(readAlipayNotice(signed({ alipay_cert_sn: CERTIFICATE }), both)).toEqual(ours);
  expect(readAlipayNotice(signed({}), both)).toEqual(ours);
  expect(readAlipayNotice(raw(bodyOf('otherKey')), both)).toEqual(ours);
  expect(readAlipayNotice(signed({ alipay_cert_sn: next.serial }), both)).toEqual(problem('badSignature'));
  const after = { ...certified, signers: [next] };
  expect(readAlipayNotice(signed({ alipay_cert_sn: CERTIFICATE }), after)).toEqual(problem('unknownSerial'));
});

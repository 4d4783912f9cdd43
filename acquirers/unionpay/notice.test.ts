// Notices of UnionPay: the openssl command verifies what the simulator signed, a published message of the real gateway is believed by its
// chain, and whatever is wrong has a name.
import { execFileSync } from 'node:child_process';
import { hash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NoticeRead } from '../../core/ports/notices.ts';
import type { Misbehaviour } from '../../fixtures/acquirers/notifier.ts';
import { makeUnionpayKeys, type UnionpayKeyFiles } from '../../fixtures/acquirers/unionpay/keys.ts';
import { noticeOf } from '../../fixtures/acquirers/unionpay/notice.ts';
import { facts, keySettings } from '../../test/acquirers/unionpay.ts';
import type { RawNotice } from '../transport/notice.ts';
import { type Keys, loadKeys } from './certificate.ts';
import { readUnionpayNotice } from './notice.ts';
import { type Fields, signatureOf, signedText } from './signature.ts';

let directory = '';
let files: UnionpayKeyFiles;
let keys: Keys;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-notice-'));
  files = makeUnionpayKeys(join(directory, 'keys'));
  keys = loadKeys(keySettings(files));
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (file: string): string => readFileSync(file, 'utf8');
const told = { orderNumber: '0081000100100000A1AB12CD34', amount_fen: 8880 };
const ours: NoticeRead = { kind: 'named', ...told };
const problem = (what: string): NoticeRead => ({ kind: 'problem', problem: what });

function fieldsBy(how?: Misbehaviour): Fields {
  const signer = { key: read(files.signerKeyFile), certificate: read(files.signerCertFile) };
  const stranger = { key: read(files.strangerKeyFile), certificate: read(files.strangerCertFile) };
  const rogue = { key: read(files.rogueKeyFile), certificate: read(files.rogueCertFile) };
  const { merchantId } = facts;
  const { body } = noticeOf(told, how, {
    merchantId,
    keys: { signer, stranger, rogue },
    txnTime: '20261128180005',
  });
  return Object.fromEntries(new URLSearchParams(body));
}

const raw = (fields: Fields, arrived_ms = Date.now()): RawNotice => ({
  headers: {},
  body: Buffer.from(new URLSearchParams(fields).toString()),
  arrived_ms,
});
const take = (notice: RawNotice): NoticeRead =>
  readUnionpayNotice(notice, { keys, merchantId: facts.merchantId });

/** Signed anew with UnionPay's key. */
function signed(change: Record<string, string>): RawNotice {
  const { signature: _old, ...fields } = { ...fieldsBy(), ...change };
  const key = loadKeys({
    ...keySettings(files),
    privateKey: read(files.signerKeyFile),
    certificate: read(files.signerCertFile),
  });
  return raw({ ...fields, signature: signatureOf(key.privateKey, fields) });
}

it('openssl verifies what we believe', () => {
  const fields = fieldsBy();
  const at = (name: string): string => join(directory, name);
  const certificate = new X509Certificate(fields['signPubKeyCert'] ?? '');
  writeFileSync(at('signer.pub'), certificate.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('signature'), Buffer.from(fields['signature'] ?? '', 'base64'));
  writeFileSync(at('digest'), hash('sha256', signedText(fields)));
  const what = ['-verify', at('signer.pub'), '-signature', at('signature'), at('digest')];
  expect(execFileSync('openssl', ['dgst', '-sha256', ...what], { encoding: 'utf8' })).toBe('Verified OK\n');
  expect(take(raw(fields))).toEqual(ours);
});

it('a message of the real gateway is believed on its day, by its chain', () => {
  const published = new URL('../../fixtures/acquirers/unionpay/published/', import.meta.url);
  const text = (name: string): string => readFileSync(new URL(name, published), 'utf8');
  const fields = JSON.parse(text('answer.json')) as Fields;
  const theirs = { roots: text('root.pem'), intermediates: text('intermediate.pem') };
  const trusting = loadKeys({ ...keySettings(files), ...theirs });
  const merchantId = fields['merId'] ?? '';
  const notice = raw(fields, Date.parse('2022-09-11T04:16:48+08:00'));
  const expected = { kind: 'named', orderNumber: fields['orderId'], amount_fen: 1 };
  expect(readUnionpayNotice(notice, { keys: trusting, merchantId })).toEqual(expected);
  expect(readUnionpayNotice(notice, { keys, merchantId })).toEqual(problem('unknownCertificate'));
});

it.each<[string, () => RawNotice, NoticeRead]>([
  ['changed, and signed for it', () => signed({ respMsg: '成功 + & = %' }), ours],
  ['of another amount', () => raw({ ...fieldsBy(), txnAmt: '1' }), problem('badSignature')],
  ['by a certificate of nobody’s', () => raw(fieldsBy('otherKey')), problem('unknownCertificate')],
  ['of another merchant', () => raw(fieldsBy('otherMerchant')), problem('otherMerchant')],
  ['of another currency', () => signed({ currencyCode: '344' }), problem('otherMoney')],
  ['without an amount', () => signed({ txnAmt: '' }), problem('notUnderstood')],
  ['without an order', () => signed({ orderId: '' }), problem('notUnderstood')],
  ['by the older method', () => signed({ version: '5.0.0' }), problem('otherSignMethod')],
  ['unsigned', () => raw({ orderId: '1', respCode: '00' }), problem('unsigned')],
  [
    'a name twice',
    () => {
      const { body, ...rest } = raw(fieldsBy());
      return { ...rest, body: Buffer.concat([body, Buffer.from('&txnAmt=1')]) };
    },
    problem('notUnderstood'),
  ],
])('%s', (_, notice, expected) => {
  expect(take(notice())).toEqual(expected);
});

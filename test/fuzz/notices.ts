// Notices as a relay hands them on, harmed on their way: none may crash its reader, and none is believed that is not the one that was signed.
import { generateKeyPairSync } from 'node:crypto';
import { readAlipayNotice } from '../../acquirers/alipay/notice.ts';
import type { ReadNotice } from '../../acquirers/transport/notice.ts';
import { readUnionpayNotice } from '../../acquirers/unionpay/notice.ts';
import { readWechatNotice } from '../../acquirers/wechatpay/notice.ts';
import { readPlatformKeys } from '../../acquirers/wechatpay/signature.ts';
import { noticeOf as alipayNotice } from '../../fixtures/acquirers/alipay/notice.ts';
import type { Posted } from '../../fixtures/acquirers/notifier.ts';
import { noticeOf as unionpayNotice } from '../../fixtures/acquirers/unionpay/notice.ts';
import { noticeOf as wechatNotice } from '../../fixtures/acquirers/wechatpay/notice.ts';
import type { Chance } from '../month/random.ts';
import { harmed } from './mutate.ts';
import { order, type Tried } from './rail.ts';
import { unionpayParties } from './rails/unionpay.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const serial = 'PUB_KEY_ID_1';
const apiV3Key = Buffer.from('0123456789abcdef0123456789abcdef');
const merchant = { appId: 'wx1', merchantId: '1900000109' };
const alipay = { appId: '2021000000000001', privateKey, wrongKey: privateKey };

const { signer } = unionpayParties;

export type Source = { name: string; posted: Posted; made_ms: number; read: ReadNotice };

export const sources: readonly Source[] = [
  {
    name: 'wechatpay notice',
    posted: wechatNotice(order, undefined, merchant, {
      apiV3Key,
      platform: { serial, key: pair.privateKey },
    }),
    made_ms: Date.now(),
    read: (notice) =>
      readWechatNotice(notice, { apiV3Key, platformKeys: readPlatformKeys([{ serial, pem }]), merchant }),
  },
  {
    name: 'alipay notice',
    posted: alipayNotice(order, undefined, alipay),
    made_ms: Date.now(),
    read: (notice) =>
      readAlipayNotice(notice, {
        appId: alipay.appId,
        signers: [{ serial: null, key: pair.publicKey }],
        serials: null,
      }),
  },
  {
    name: 'unionpay notice',
    posted: unionpayNotice(order, undefined, {
      merchantId: unionpayParties.merchantId,
      // nobody else's is asked for here
      keys: { signer, stranger: signer, rogue: signer },
      txnTime: '20261128180000',
    }),
    made_ms: Date.now(),
    read: (notice) => readUnionpayNotice(notice, unionpayParties),
  },
];

export function headersOf({ headers }: Posted): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
}

export function noticeTry({ name, posted, made_ms, read }: Source, chance: Chance): Tried {
  const headers = headersOf(posted);
  const touched = chance.happens(0.3) ? chance.pick(Object.keys(headers)) : null;
  if (touched !== null)
    headers[touched] = harmed(Buffer.from(headers[touched] ?? ''), chance).toString('latin1');
  const whole = Buffer.from(posted.body);
  const body = touched === null ? harmed(whole, chance) : whole;
  const found = read({ headers, body, arrived_ms: made_ms });
  const isTrue =
    found.kind !== 'named' ||
    (found.orderNumber === order.orderNumber && found.amount_fen === order.amount_fen);
  return {
    where: name,
    what: found.kind,
    fault: isTrue ? null : `believed ${JSON.stringify(found)}`,
  };
}

export function readNotice(chance: Chance): Tried {
  return noticeTry(chance.pick(sources), chance);
}

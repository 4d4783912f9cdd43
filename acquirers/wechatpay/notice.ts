// A notice of WeChat Pay: signed like an answer, its content sealed with the APIv3 key. Pure. Sources: the reference page payments, 3.2;
// pay.weixin.qq.com doc/v3/merchant/4012158598; docs/notices.md.
import { z } from 'zod';
import type { NoticeRead } from '../../core/ports/notices.ts';
import { problem, type RawNotice } from '../transport/notice.ts';
import { CURRENCY, type MerchantFacts } from './codec.ts';
import { openSealed } from './sealed.ts';
import { answerSignatureFault, type PlatformKeys } from './signature.ts';

export type NoticeKeys = {
  /** 32 bytes. */
  apiV3Key: Buffer;
  platformKeys: PlatformKeys;
  merchant: Pick<MerchantFacts, 'appId' | 'merchantId'>;
};

const envelope = z.object({
  event_type: z.string().regex(/^[A-Z._]{1,32}$/),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string().min(1),
    associated_data: z.string().nullish(),
    nonce: z.string().min(1).max(64),
  }),
});

const order = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string().min(1).max(32),
  amount: z.object({ total: z.int(), currency: z.string().nullish() }),
});

/** WeChat sends such a signature on purpose, to see who looks at it: it is no attack and no fault of anybody's. */
const TRIAL = 'WECHATPAY/SIGNTEST/';

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // what is no JSON has none of the fields
  }
}

export function readWechatNotice({ headers, body, arrived_ms }: RawNotice, keys: NoticeKeys): NoticeRead {
  if (headers['wechatpay-signature']?.startsWith(TRIAL) === true) return { kind: 'trial' };
  const fault = answerSignatureFault(keys.platformKeys, headers, { body, wall_ms: arrived_ms });
  if (fault !== null) return problem(fault);
  const told = envelope.safeParse(jsonOf(body));
  if (!told.success) return problem('notUnderstood');
  if (!told.data.event_type.startsWith('TRANSACTION.')) return problem('otherEvent');
  const { nonce, associated_data, ciphertext } = told.data.resource;
  const opened = openSealed(keys.apiV3Key, { nonce, associatedData: associated_data ?? '', ciphertext });
  if (opened === null) return problem('notSealedForUs');
  const found = order.safeParse(jsonOf(opened));
  if (!found.success) return problem('notUnderstood');
  const { appid, mchid, out_trade_no, amount } = found.data;
  if (appid !== keys.merchant.appId || mchid !== keys.merchant.merchantId) return problem('otherMerchant');
  if ((amount.currency ?? CURRENCY) !== CURRENCY) return problem('otherMoney');
  return { kind: 'named', orderNumber: out_trade_no, amount_fen: amount.total };
}

// A notice of Alipay's: a form, signed over its decoded fields without `sign` and `sign_type`. Pure.
// Sources: payments.md 3.4; alipay-sdk 4.14.0 `checkNotifySignV2`; docs/notices.md.
import type { NoticeRead } from '../../core/ports/notices.ts';
import { problem, type RawNotice } from '../transport/notice.ts';
import { textOf } from './message.ts';
import { fenOf } from './money.ts';
import { isSignedByOne, type Keys, type Parameters, signersNamed } from './signature.ts';

export type NoticeKeys = Pick<Keys, 'appId' | 'signers' | 'serials'>;

/** Null: no form, or a name that stands there twice. */
function fieldsOf(body: Buffer): Parameters | null {
  const text = textOf(body);
  if (text === null) return null;
  const pairs = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(pairs);
  return pairs.length === Object.keys(fields).length ? fields : null;
}

/** Unlike a request's, it covers fields that say nothing, too. */
function textOfFields(fields: Parameters): string {
  const names = Object.keys(fields).toSorted((left, right) => (left < right ? -1 : 1));
  return names.map((name) => `${name}=${fields[name]}`).join('&');
}

export function readAlipayNotice({ body }: RawNotice, keys: NoticeKeys): NoticeRead {
  const fields = fieldsOf(body);
  if (fields === null) return problem('notUnderstood');
  const { sign, sign_type, ...signed } = fields;
  if (sign === undefined) return problem('unsigned');
  if (sign_type !== 'RSA2') return problem('otherSignMethod');
  const { alipay_cert_sn: certificate } = signed;
  // A notice that names none may be signed by any of them.
  const signers = certificate === undefined ? keys.signers : signersNamed(keys, certificate);
  if (signers.length === 0) return problem('unknownSerial');
  if (!isSignedByOne(signers, textOfFields(signed), sign)) return problem('badSignature');
  if (signed['app_id'] !== keys.appId) return problem('otherMerchant');
  const { out_trade_no: orderNumber } = signed;
  const amount_fen = fenOf(signed['total_amount']);
  if (orderNumber === undefined || orderNumber === '' || amount_fen === null) return problem('notUnderstood');
  return { kind: 'named', orderNumber, amount_fen };
}

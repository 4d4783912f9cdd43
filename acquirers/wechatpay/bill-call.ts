// Two calls: a signed answer names place and digest of the bill; the download is signed by us and answered without a signature.
import { asking } from '../transport/ask.ts';
import {
  BILL_LIMIT_bytes,
  type BillAnswer,
  DOWNLOAD_TIMEOUT_ms,
  type FetchBill,
  QUESTION_TIMEOUT_ms,
} from '../transport/bill.ts';
import { exchange } from '../transport/https.ts';
import { type BillOffer, billPath, readBillOffer, unpackBill } from './bill.ts';
import { call, type CallSettings, callSettingsOf, type WechatPayAccess } from './call.ts';
import { prepare } from './message.ts';

async function download(settings: CallSettings, { url, sha1 }: BillOffer): Promise<Buffer | BillAnswer> {
  const request = { path: `${url.pathname}${url.search}`, body: null, timeout_ms: DOWNLOAD_TIMEOUT_ms };
  const outcome = await exchange({ ...settings, baseUrl: url.origin }, () => {
    const signed = prepare({ ...settings, prefix: '' }, request);
    return { ...signed, headers: { ...signed.headers, accept: '*/*' }, limit_bytes: BILL_LIMIT_bytes };
  });
  if (outcome.kind !== 'received') return { kind: 'noAnswer', cause: outcome.cause };
  const { status, body } = outcome.received;
  // Nothing of this answer is signed, so no code in it is believed.
  if (status !== 200) return { kind: 'damaged', cause: `HTTP_${status} instead of the bill` };
  const unpacked = unpackBill(body, sha1);
  return 'fault' in unpacked ? { kind: 'damaged', cause: unpacked.fault } : unpacked;
}

/** Throws when a platform key can't be read. */
export function wechatBills(merchantId: string, access: WechatPayAccess): FetchBill {
  const { wall_ms, ask } = asking(access);
  const settings = { ...callSettingsOf(merchantId, access), wall_ms };
  return async (date) => {
    const question = { path: billPath(date), body: null, timeout_ms: QUESTION_TIMEOUT_ms };
    const outcome = await ask(() => call(settings, question));
    if (outcome.kind === 'unbelievable') return { kind: 'damaged', cause: outcome.cause };
    if (outcome.kind !== 'answered') return { kind: 'noAnswer', cause: outcome.cause };
    const offered = readBillOffer(outcome.answer, new URL(settings.baseUrl).protocol);
    if (offered.kind !== 'offered') return offered;
    const bytes = await download(settings, offered);
    if (!Buffer.isBuffer(bytes)) return bytes;
    // The API gives it no name.
    const name = `wechatpay-${merchantId}-ALL-${date}.csv`;
    return { kind: 'fetched', file: { name, bytes, proof: 'digest' } };
  };
}

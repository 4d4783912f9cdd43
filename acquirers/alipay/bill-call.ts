// Two calls: a signed answer names the place of the bill, which comes from there without a signature and without a digest.
import { asking } from '../transport/ask.ts';
import {
  BILL_LIMIT_bytes,
  type BillAnswer,
  DOWNLOAD_TIMEOUT_ms,
  type FetchBill,
  QUESTION_TIMEOUT_ms,
} from '../transport/bill.ts';
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { BILL_method, billContent, readBillOffer, unpackBill } from './bill.ts';
import { call } from './call.ts';
import { type KeySettings, loadKeys } from './signature.ts';

async function download(settings: HttpsSettings, url: URL): Promise<BillAnswer> {
  const outcome = await exchange({ ...settings, baseUrl: url.origin }, () => ({
    method: 'GET',
    path: `${url.pathname}${url.search}`,
    headers: {},
    body: null,
    timeout_ms: DOWNLOAD_TIMEOUT_ms,
    limit_bytes: BILL_LIMIT_bytes,
  }));
  if (outcome.kind !== 'received') return { kind: 'noAnswer', cause: outcome.cause };
  const { status, body } = outcome.received;
  return status === 200 ? unpackBill(body) : { kind: 'damaged', cause: `HTTP_${status} instead of the bill` };
}

/** Throws when a key or certificate can't be read. */
export function alipayBills(access: HttpsSettings & { keys: KeySettings; wall_ms: () => number }): FetchBill {
  const { wall_ms, ask } = asking(access);
  const settings = { ...access, wall_ms, keys: loadKeys(access.keys) };
  const { protocol } = new URL(access.baseUrl);
  return async (date) => {
    const question = { method: BILL_method, content: billContent(date), timeout_ms: QUESTION_TIMEOUT_ms };
    const outcome = await ask(() => call(settings, question));
    if (outcome.kind === 'unbelievable') return { kind: 'damaged', cause: outcome.cause };
    if (outcome.kind !== 'answered') return { kind: 'noAnswer', cause: outcome.cause };
    const offered = readBillOffer(outcome.json, { date, wall_ms: wall_ms(), protocol });
    return offered.kind === 'offered' ? download(access, offered.url) : offered;
  };
}

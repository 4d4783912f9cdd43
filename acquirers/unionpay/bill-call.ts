// One call: the answer is signed like any other, and holds the file.
import { asking } from '../transport/ask.ts';
import { BILL_LIMIT_bytes, DOWNLOAD_TIMEOUT_ms, type FetchBill } from '../transport/bill.ts';
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { billFields, type BillKey, billUrl, readBillAnswer } from './bill.ts';
import { type KeySettings, loadKeys } from './certificate.ts';
import { believe, type CallOutcome, prepare, type Signing } from './message.ts';
import { txnTimeOf } from './times.ts';

/** What was asked, with what came of it. */
type Asked = CallOutcome & { key: BillKey };

async function transfer(settings: HttpsSettings & Signing, key: BillKey): Promise<Asked> {
  const outcome = await exchange(settings, () => ({
    method: 'POST',
    path: '/',
    ...prepare(settings, { fields: billFields(key) }),
    timeout_ms: DOWNLOAD_TIMEOUT_ms,
    limit_bytes: BILL_LIMIT_bytes,
  }));
  if (outcome.kind !== 'received') return { ...outcome, key };
  return { ...believe(settings, outcome.received, outcome.latency_ms), key };
}

/** Throws for keys that can't be read or don't belong together. */
export function unionpayBills(
  merchantId: string,
  access: HttpsSettings & { keys: KeySettings; wall_ms: () => number },
): FetchBill {
  const { wall_ms, ask } = asking(access);
  const baseUrl = billUrl(access.baseUrl);
  const settings = { ...access, baseUrl, keys: loadKeys(access.keys), merchantId, wall_ms };
  return async (date) => {
    const asked = await ask(() => transfer(settings, { merchantId, date, txnTime: txnTimeOf(wall_ms()) }));
    if (asked.kind === 'answered') return readBillAnswer(asked.fields, asked.key, wall_ms());
    return { kind: asked.kind === 'unbelievable' ? 'damaged' : 'noAnswer', cause: asked.cause };
  };
}

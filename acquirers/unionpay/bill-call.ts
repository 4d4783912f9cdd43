// One call: the answer is signed like any other, and holds the file.
import { BILL_LIMIT_bytes, DOWNLOAD_TIMEOUT_ms, type FetchBill } from '../transport/bill.ts';
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { billFields, billUrl, readBillAnswer } from './bill.ts';
import { type KeySettings, loadKeys } from './certificate.ts';
import { believe, prepare } from './message.ts';
import { txnTimeOf } from './times.ts';

/** Throws for keys that can't be read or don't belong together. The machine's clock goes into `txnTime`, which must be now. */
export function unionpayBills(
  merchantId: string,
  access: HttpsSettings & { keys: KeySettings; wall_ms: () => number },
): FetchBill {
  const signing = { keys: loadKeys(access.keys), merchantId, wall_ms: access.wall_ms };
  const settings = { ...access, baseUrl: billUrl(access.baseUrl) };
  return async (date) => {
    const txnTime = txnTimeOf(access.wall_ms());
    const outcome = await exchange(settings, () => ({
      method: 'POST',
      path: '/',
      ...prepare(signing, { fields: billFields({ date, txnTime }) }),
      timeout_ms: DOWNLOAD_TIMEOUT_ms,
      limit_bytes: BILL_LIMIT_bytes,
    }));
    if (outcome.kind !== 'received') return { kind: 'noAnswer', cause: outcome.cause };
    const believed = believe(signing, outcome.received, outcome.latency_ms);
    return believed.kind === 'answered'
      ? readBillAnswer(believed.fields, { merchantId, date, txnTime }, access.wall_ms())
      : { kind: 'damaged', cause: believed.cause };
  };
}

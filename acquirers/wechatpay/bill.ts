// The trade bill of WeChat Pay <-> bytes. Pure. Sources: pay.weixin.qq.com doc/v3/merchant/4012556654 (asking), 4012810615 (download),
// 4013071254 (questions and answers); the codes: the tables of both calls. How sure: docs/acquirers/wechatpay.md, "The day's bill".
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { BILL_LIMIT_bytes, type BillAnswer } from '../transport/bill.ts';
import { causeOf } from '../transport/https.ts';
import { billEnd, serviceRow } from '../transport/service-row.ts';
import { refusalCode } from './codec.ts';
import type { Answer } from './message.ts';
import { wechatServices } from './service-rows.ts';

/** @param date `YYYY-MM-DD`, Asia/Shanghai */
export function billPath(date: string): string {
  const query = new URLSearchParams({ bill_date: date, bill_type: 'ALL', tar_type: 'GZIP' });
  return `/v3/bill/tradebill?${query.toString()}`;
}

const offer = z.object({
  download_url: z.string().max(2048),
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9A-Fa-f]{40}$/),
});

/** `sha1`: lower hex, of the bill as it is unpacked. */
export type BillOffer = { kind: 'offered'; url: URL; sha1: string };

/** @param protocol of the configured address: a bill comes over TLS wherever the question went over TLS */
export function readBillOffer(answer: Answer, protocol: string): BillOffer | BillAnswer {
  if (answer.status !== 200) return readRefusal(refusalCode(answer));
  const found = offer.safeParse(answer.json);
  if (!found.success) return { kind: 'damaged', cause: 'NO_OFFER' };
  const { download_url, hash_value } = found.data;
  if (!URL.canParse(download_url)) return { kind: 'damaged', cause: 'DOWNLOAD_URL' };
  const url = new URL(download_url);
  if (url.protocol !== protocol) return { kind: 'damaged', cause: `DOWNLOAD_URL ${url.protocol}` };
  return { kind: 'offered', url, sha1: hash_value.toLowerCase() };
}

function readRefusal(cause: string): BillAnswer {
  return { kind: billEnd(serviceRow(wechatServices, 'bill', cause), 0), cause };
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** The digest decides, and it is of the unpacked bill: packed or not, only the right bytes pass. */
export function unpackBill(received: Buffer, sha1: string): Buffer | { fault: string } {
  let bytes = received;
  if (received.subarray(0, 2).equals(GZIP_MAGIC)) {
    try {
      bytes = gunzipSync(received, { maxOutputLength: BILL_LIMIT_bytes });
    } catch (error) {
      return { fault: `GZIP ${causeOf(error)}` };
    }
  }
  const found = createHash('sha1').update(bytes).digest('hex');
  return found === sha1 ? bytes : { fault: `SHA1 ${found} instead of ${sha1}` };
}

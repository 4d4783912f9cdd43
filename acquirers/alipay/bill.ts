// Alipay's trade bill <-> bytes. Pure. Sources: open.alitrip.com docs articleId=104674 (the call), developer.aliyun.com article/707638 (the
// address, the packing, the hours), and what integrators saw of its codes. How sure: docs/acquirers/alipay.md, "The day's bill".
import { z } from 'zod';
import { BILL_LIMIT_bytes, type BillAnswer } from '../transport/bill.ts';
import { unzip } from '../transport/zip.ts';
import { headOf } from './codec.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

export const BILL_method = 'alipay.data.dataservice.bill.downloadurl.query';

/** Alipay's advice: ask from 10 in the morning after. */
const MADE_AFTER_ms = 34 * 3600 * 1000;

/** `trade`: what was paid and refunded by calls; the other type, `signcustomer`, is of the account's balance. */
export function billContent(date: string): Record<string, unknown> {
  return { bill_type: 'trade', bill_date: date };
}

const offer = z.object({ bill_download_url: z.string().max(2048) });

export type BillOffer = { kind: 'offered'; url: URL };

/** @param wall_ms tells a bill that is not made yet from one that never will be: Alipay has one code for both */
export function readBillOffer(
  json: unknown,
  { date, wall_ms, protocol }: { date: string; wall_ms: number; protocol: string },
): BillOffer | BillAnswer {
  const head = headOf(json);
  if (head === null) return { kind: 'damaged', cause: 'NO_CODE' };
  if (head.code !== '10000') return readRefusal(head.reason, Date.parse(date) - SHANGHAI_OFFSET_ms, wall_ms);
  const found = offer.safeParse(json);
  if (!found.success || !URL.canParse(found.data.bill_download_url))
    return { kind: 'damaged', cause: 'DOWNLOAD_URL' };
  const url = new URL(found.data.bill_download_url);
  // The page's own example is http: nobody would prove that file, so the same place is asked over TLS.
  if (url.protocol === 'http:') url.protocol = protocol;
  if (url.protocol !== protocol) return { kind: 'damaged', cause: `DOWNLOAD_URL ${url.protocol}` };
  return { kind: 'offered', url };
}

const isNone = /^(isp\.)?bill[_-]not[_-]exist$/i;
const isInvalid = /^(isv\.)?inva(i)?lid[_-]arguments$/i;

function readRefusal(cause: string, began_ms: number, wall_ms: number): BillAnswer {
  const age_ms = wall_ms - began_ms;
  if (isNone.test(cause)) return { kind: age_ms < MADE_AFTER_ms ? 'notReady' : 'none', cause };
  // Of a day that is not over it is the date that is invalid.
  if (isInvalid.test(cause) && age_ms < 24 * 3600 * 1000) return { kind: 'notReady', cause };
  return { kind: 'refused', cause };
}

const DETAIL = /_业务明细\.csv$/;

/** The one bill in the archive; beside it lie a summary by shop and whatever else Alipay puts there. */
export function unpackBill(received: Buffer): BillAnswer {
  const entries = unzip(received, BILL_LIMIT_bytes);
  if ('fault' in entries) return { kind: 'damaged', cause: `ZIP ${entries.fault}` };
  const [detail, ...more] = entries.filter(({ name }) => DETAIL.test(name));
  if (detail === undefined || more.length > 0) {
    const names = entries.map(({ name }) => name).join(', ');
    return {
      kind: 'damaged',
      cause: `${more.length + (detail === undefined ? 0 : 1)} files *_业务明细.csv in it: ${names}`,
    };
  }
  return { kind: 'fetched', file: { ...detail, proof: 'sums' } };
}

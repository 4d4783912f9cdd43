// Alipay's trade bill <-> bytes. Pure. Sources: open.alitrip.com docs articleId=104674 (the call), developer.aliyun.com article/707638 (the
// address, the packing, the hours), and what integrators saw of its codes. How sure: docs/acquirers/alipay.md, "The day's bill".
import { z } from 'zod';
import { BILL_LIMIT_bytes, type BillAnswer } from '../transport/bill.ts';
import { unzip } from '../transport/zip.ts';
import { billEnd, serviceRow } from '../transport/service-row.ts';
import { headOf } from './codec.ts';
import { alipayServices } from './service-rows.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

export const BILL_method = 'alipay.data.dataservice.bill.downloadurl.query';

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

/** As the page and as integrators saw them: with a prefix or without, in capitals or not, and one with a slip of the pen. */
function spelt(cause: string): string[] {
  const plain = cause.toLowerCase().replaceAll('-', '_').replace('invailid', 'invalid');
  const bare = plain.replace(/^is[pv]\./, '');
  return [plain, `isp.${plain}`, `isv.${plain}`, bare.toUpperCase()];
}

function readRefusal(cause: string, began_ms: number, wall_ms: number): BillAnswer {
  const [row = null] = spelt(cause).flatMap((code) => serviceRow(alipayServices, 'bill', code) ?? []);
  return { kind: billEnd(row, wall_ms - began_ms), cause };
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

// The bill of one clearing day, as docs/gateway-protocol.md, "The bill", defines its call. Pure.
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { BILL_LIMIT_bytes, type BillAnswer } from '../transport/bill.ts';
import { causeOf } from '../transport/https.ts';
import { billEnd, serviceRow } from '../transport/service-row.ts';
import { envelope, type TerminalFacts } from './codec.ts';
import { gatewayServices } from './service-rows.ts';

export const BILL_path = '/v4/poslink/bill';

type Party = Pick<TerminalFacts, 'merchantCode' | 'terminalCode'>;

const compact = (date: string): string => date.replaceAll('-', '');

/** @param date the clearing day, `YYYY-MM-DD` */
export function billBody({ merchantCode, terminalCode }: Party, date: string): Record<string, unknown> {
  return { merchantCode, terminalCode, settlementDate: compact(date) };
}

const found = z.object({
  settlementDate: z.string(),
  fileName: z.string().min(1).max(200),
  content: z.base64(),
});

/** `json`: of a verified answer. */
export function readBillAnswer(json: unknown, party: Party, date: string): BillAnswer {
  const head = envelope.safeParse(json);
  if (!head.success) return { kind: 'damaged', cause: 'NO_CODE' };
  const cause = head.data.errCode;
  if (cause !== '00') return { kind: billEnd(serviceRow(gatewayServices, 'bill', cause), 0), cause };
  const bill = found.safeParse(json);
  if (!bill.success) return { kind: 'damaged', cause: 'NO_BILL' };
  const { settlementDate, fileName: name, content } = bill.data;
  if (settlementDate !== compact(date)) return { kind: 'damaged', cause: `ANOTHER_DAY ${settlementDate}` };
  const bytes = unpacked(content);
  if ('fault' in bytes) return { kind: 'damaged', cause: bytes.fault };
  const first = `BILL,1,${party.merchantCode},${settlementDate}`;
  if (bytes.toString('utf8').split(/\r?\n/, 1)[0] !== first)
    return { kind: 'damaged', cause: `ANOTHER_BILL, its first line is not ${first}` };
  return { kind: 'fetched', file: { name, bytes, proof: 'signature' } };
}

function unpacked(content: string): Buffer | { fault: string } {
  try {
    return gunzipSync(Buffer.from(content, 'base64'), { maxOutputLength: BILL_LIMIT_bytes });
  } catch (error) {
    return { fault: `GZIP ${causeOf(error)}` };
  }
}

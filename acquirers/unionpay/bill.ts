// UnionPay's statement by file transfer (76/01) <-> bytes. Pure. Sources: open.unionpay.com acpAPIId=791 (fields, address) and UnionPay's own
// demo as public code 11188854832 keeps it (what is in fileContent, 98). How sure: docs/acquirers/unionpay.md, "Statement".
import { inflateSync } from 'node:zlib';
import { BILL_LIMIT_bytes, type BillAnswer } from '../transport/bill.ts';
import { causeOf } from '../transport/https.ts';
import { unzip } from '../transport/zip.ts';
import { billEnd, serviceRow } from '../transport/service-row.ts';
import { codeOf } from './codec.ts';
import { unionpayServices } from './service-rows.ts';
import type { Fields } from './signature.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

/** Files lie at another host than payments, at its root; whoever stands in for the gateway hands them out at its own root. */
export function billUrl(baseUrl: string): string {
  const { origin } = new URL(baseUrl);
  return origin.replace(/^https:\/\/gateway\.((?:test\.)?95516\.com)$/, 'https://filedownload.$1');
}

/** `date`: the clearing day, of which only month and day are told. `txnTime`: now. */
export type BillKey = { merchantId: string; date: string; txnTime: string };

const monthDayOf = (date: string): string => date.slice(5).replace('-', '');

export function billFields({ date, txnTime }: Omit<BillKey, 'merchantId'>): Fields {
  return { txnType: '76', txnSubType: '01', fileType: '00', settleDate: monthDayOf(date), txnTime };
}

/** The answer is UnionPay's by its signature; whether it is about our question is read here. */
export function readBillAnswer(fields: Fields, key: BillKey, wall_ms: number): BillAnswer {
  const { merchantId: merId, txnTime, date } = key;
  const ours = {
    merId,
    txnTime,
    txnType: '76',
    txnSubType: '01',
    fileType: '00',
    settleDate: monthDayOf(date),
  };
  const other = Object.entries(ours).find(([name, value]) => (fields[name] ?? value) !== value);
  if (other !== undefined || fields['merId'] === undefined || fields['txnTime'] === undefined)
    return { kind: 'damaged', cause: `ANOTHER_QUESTION ${other?.[0] ?? ''}`.trim() };
  const code = codeOf(fields);
  if (code === '00') return unpackBill(fields['fileContent'] ?? '', date);
  if (code === null) return { kind: 'damaged', cause: 'NO_CODE' };
  const age_ms = wall_ms - (Date.parse(date) - SHANGHAI_OFFSET_ms);
  return { kind: billEnd(serviceRow(unionpayServices, 'bill', code), age_ms), cause: code };
}

function inflated(fileContent: string): Buffer | { fault: string } {
  const packed = Buffer.from(fileContent, 'base64');
  if (packed.length === 0 || packed.toString('base64') !== fileContent.replaceAll(/\s/g, ''))
    return { fault: 'BASE64' };
  try {
    return inflateSync(packed, { maxOutputLength: BILL_LIMIT_bytes });
  } catch (error) {
    return { fault: `DEFLATE ${causeOf(error)}` };
  }
}

/** What the demo looks for: INN, six digits of the day, two more, ZM. Beside it lies ZME, of errors and charge-backs. */
const DETAIL = /^INN(\d{6})\d\dZM_/;

function unpackBill(fileContent: string, date: string): BillAnswer {
  const archive = inflated(fileContent);
  if ('fault' in archive) return { kind: 'damaged', cause: archive.fault };
  const entries = unzip(archive, BILL_LIMIT_bytes);
  if ('fault' in entries) return { kind: 'damaged', cause: `ZIP ${entries.fault}` };
  const [detail, ...more] = entries.filter(({ name }) => DETAIL.test(name));
  if (detail === undefined || more.length > 0) {
    const names = entries.map(({ name }) => name).join(', ');
    return {
      kind: 'damaged',
      cause: `${detail === undefined ? 0 : more.length + 1} files INN*ZM in it: ${names}`,
    };
  }
  // The question has no year: the answer may be about another.
  const day = DETAIL.exec(detail.name)?.[1];
  if (day !== date.slice(2).replaceAll('-', ''))
    return { kind: 'damaged', cause: `ANOTHER_DAY ${detail.name}` };
  return { kind: 'fetched', file: { ...detail, proof: 'signature' } };
}

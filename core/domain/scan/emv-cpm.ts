// A consumer-presented EMV code: base64 of BER-TLV (EMVCo QR CPM 1.0). Of all that is in it only the application is read: who issued it says
// where it may go. The rest is card data, which nobody here looks at. Pure.
import { hexOf, readTlv } from './tlv.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Null when it is no base64 with its padding. */
export function bytesOfBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return bytes;
}

/** Tag 85 with "CPV01". */
const FORMAT = '4350563031';

/**
 * The applications of the payload (`A000000333010102`: UnionPay credit), the preferred one first; null when it is no whole payload, or names none.
 */
export function cpmApplications(text: string): readonly string[] | null {
  const bytes = bytesOfBase64(text);
  const objects = bytes === null ? null : readTlv(bytes);
  if (objects === null) return null;
  const [format, ...rest] = objects;
  if (format?.tag !== '85' || hexOf(format.value) !== FORMAT) return null;
  const names = rest.flatMap(({ tag, value }) => {
    if (tag !== '61') return [];
    const name = readTlv(value)?.find((inner) => inner.tag === '4F');
    return name === undefined || name.value.length < 5 ? [] : [hexOf(name.value)];
  });
  return names.length === 0 ? null : names;
}

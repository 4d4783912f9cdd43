// A merchant-presented EMV code (EMVCo QR MPM 1.1): ID, length, value in digits and text, with a CRC at its end. Read, so that a code that a
// customer holds out by mistake can be called by its name; written by the same rules. Pure.
import { assert } from '../assert.ts';

export type MpmField = { id: string; value: string };

export type MpmFault = 'tooShort' | 'badLength' | 'noFormat' | 'noCrc' | 'badCrc' | 'notText';

export type Mpm =
  | { ok: true; fields: readonly MpmField[]; merchantName: string | null; amount: string | null }
  | { ok: false; fault: MpmFault };

/** CRC-16/CCITT-FALSE: polynomial 1021, begins with FFFF, nothing reflected; "123456789" gives 29B1. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc;
}

/** UTF-8; the domain has no encoder of its own. */
function utf8Of(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  const bytes = escaped.match(/%[0-9A-F]{2}|[^%]/g) ?? [];
  return Uint8Array.from(bytes, (one) => (one.length === 3 ? parseInt(one.slice(1), 16) : one.charCodeAt(0)));
}

function textOf(bytes: Uint8Array): string | null {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function crcOf(bytes: Uint8Array): string {
  return crc16(bytes).toString(16).padStart(4, '0').toUpperCase();
}

/** What a length counts differs: characters in EMVCo's own example, bytes in others. */
type Units = { length: number; slice(from: number, to: number): string | null };

function fieldsOf(units: Units): MpmField[] | null {
  const fields: MpmField[] = [];
  let at = 0;
  while (at < units.length) {
    const head = units.slice(at, at + 4);
    if (head === null || !/^\d{4}$/.test(head)) return null;
    const end = at + 4 + Number(head.slice(2));
    const value = end > units.length ? null : units.slice(at + 4, end);
    if (value === null) return null;
    fields.push({ id: head.slice(0, 2), value });
    at = end;
  }
  return fields;
}

function byCharacters(text: string): Units {
  const characters = Array.from(text);
  return { length: characters.length, slice: (from, to) => characters.slice(from, to).join('') };
}

function byBytes(bytes: Uint8Array): Units {
  return { length: bytes.length, slice: (from, to) => textOf(bytes.subarray(from, to)) };
}

const bad = (fault: MpmFault): Mpm => ({ ok: false, fault });

function judge(fields: readonly MpmField[] | null, bytes: Uint8Array): Mpm {
  if (fields === null) return bad('badLength');
  if (fields[0]?.id !== '00' || fields[0].value !== '01') return bad('noFormat');
  const last = fields.at(-1);
  if (last?.id !== '63' || last.value.length !== 4) return bad('noCrc');
  if (crcOf(bytes.subarray(0, bytes.length - 4)) !== last.value.toUpperCase()) return bad('badCrc');
  const valueOf = (id: string) => fields.find((field) => field.id === id)?.value ?? null;
  return { ok: true, fields, merchantName: valueOf('59'), amount: valueOf('54') };
}

/** A shop's name in GBK, say: the code is one all the same, by its lengths and its CRC, and says a name that cannot be read. */
const UNREADABLE = '\uFFFD';

function byBytesOfAnyKind(bytes: Uint8Array): Units {
  return { length: bytes.length, slice: (from, to) => textOf(bytes.subarray(from, to)) ?? UNREADABLE };
}

/** As a scanner gives it: mostly UTF-8. */
export function readMpmBytes(bytes: Uint8Array): Mpm {
  const text = textOf(bytes);
  if (text !== null) return readMpm(text);
  const found = judge(fieldsOf(byBytesOfAnyKind(bytes)), bytes);
  if (!found.ok) return bad('notText');
  return { ...found, merchantName: found.merchantName === UNREADABLE ? null : found.merchantName };
}

/** Lengths are read as code points first, then as bytes (reference: payments 2.2, "trap"); the CRC always runs over the UTF-8 bytes. */
export function readMpm(text: string): Mpm {
  if (text.length < 12) return bad('tooShort');
  if (/[\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return bad('notText');
  const bytes = utf8Of(text);
  const first = judge(fieldsOf(byCharacters(text)), bytes);
  if (first.ok) return first;
  const second = judge(fieldsOf(byBytes(bytes)), bytes);
  return second.ok ? second : first;
}

export type MpmLengths = 'characters' | 'bytes';

function fieldText({ id, value }: MpmField, lengths: MpmLengths): string {
  const length = lengths === 'characters' ? Array.from(value).length : utf8Of(value).length;
  assert(/^\d\d$/.test(id), `${id} is no ID of a field`);
  assert(length <= 99, `field ${id} has ${length} ${lengths}, 99 at most`);
  return `${id}${String(length).padStart(2, '0')}${value}`;
}

/** `fields` in their order, without the CRC (63), which is put behind them. Lengths count what EMVCo's own example counts, unless told. */
export function writeMpm(fields: readonly MpmField[], lengths: MpmLengths = 'characters'): string {
  const text = `${fields.map((field) => fieldText(field, lengths)).join('')}6304`;
  return `${text}${crcOf(utf8Of(text))}`;
}

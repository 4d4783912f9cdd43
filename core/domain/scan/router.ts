// What was scanned? One router for every scanner: goods, a payment code, a collection code shown by mistake, or nothing of use.
// Digits are a routing hint, never truth (reference: payments 1.2, "never else = UnionPay"): the table is the route's data.
import { readPaperCode } from '../receipt/paper-code.ts';
import { cpmApplications } from './emv-cpm.ts';
import { readMpmBytes } from './emv-mpm.ts';
import { isPaymentNumber } from './payment-number.ts';

/** How sure a format is, in the words of payments.md: H read in an official page, M one good source or several, L a single weak one. */
export type Confidence = 'H' | 'M' | 'L';

/**
 * A row of a route's classifier; the first match wins. `pattern` is anchored. `deferrable`: may stand in the offline queue. `application`: of an
 * EMV payload, which preferred application it must name (a pattern of its hexadecimal AID): the prefix alone says nothing of who issued it.
 */
export type CodeRule = {
  scheme: string;
  pattern: string;
  deferrable: boolean;
  application?: string;
  /** Null or absent: the shop's own rule, of which nothing is known. */
  confidence?: Confidence | null;
};

export type Scan =
  | { kind: 'goods'; barcode: string }
  | { kind: 'paymentCode'; scheme: string; code: string; deferrable: boolean }
  /** A paper like ours: the QR or the barcode of a receipt. Whose, the journal knows. */
  | { kind: 'receipt'; receiptId: string; text: string }
  /** A payment's own number, from the customer's bill: which payment does he mean? */
  | { kind: 'paymentNumber'; number: string }
  /** What no rule knows: explicit, never guessed. `code`: digits as long as a payment code, for an acquirer that recognises them; else null. */
  | { kind: 'unknownCode'; shown: string; code: string | null }
  /** A merchant's collection code (a link, or an EMV merchant-presented code): the customer must show a payment code. */
  | { kind: 'collectionCode'; shown: string }
  | { kind: 'garbage'; shown: string };

const SHOWN_characters = 48;
const GOODS_characters = 40;
const MASKABLE_digits = 14;

/** Visible, bounded and inert: control bytes as \xNN. */
export function visible(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, SHOWN_characters)) {
    text +=
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return bytes.length > SHOWN_characters ? `${text}… (${bytes.length})` : text;
}

/** Printable ASCII only, without the AIM prefix (`]Q1`) and outer white space; null when anything else is in it. */
function plainText(bytes: Uint8Array): string | null {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0x09 || byte === 0x20) text += ' ';
    else if (byte > 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else return null;
  }
  return text.trim().replace(/^\][A-Za-z][0-9A-Za-z]/, '');
}

/**
 * First 6 and last 4; what journal, logs and receipts may hold of a code. An EMV payload shows nothing but its length, and a
 * code so short that the ends would tell it shows nothing at all.
 */
export function maskCode(code: string): string {
  if (!/^\d+$/.test(code)) return `EMV(${code.length})`;
  if (code.length < MASKABLE_digits) return '*'.repeat(code.length);
  return `${code.slice(0, 6)}${'*'.repeat(code.length - 10)}${code.slice(-4)}`;
}

/** Digits as long as a payment code are masked wherever they stand, whatever rule knows them or not. */
export function maskDigits(text: string): string {
  return text.replace(/\d{16,}/g, maskCode);
}

/** Base64 of 85 .. "CPV0", or those bytes as they are: an EMV consumer-presented payload, whole or torn. It may hold a card number. */
function isEmvLike(bytes: Uint8Array, text: string | null): boolean {
  return text?.startsWith('hQVDUFY') === true || visible(bytes.subarray(0, 8)).includes('CPV0');
}

const collectionPatterns = [/^[a-z][a-z0-9+.-]*:\/\//i, /^000201\d\d/, /^wxp:/i];

function unknownCode(shown: string, code: string | null = null): Scan {
  return { kind: 'unknownCode', shown, code };
}

export function takes({ pattern, application }: CodeRule, text: string): boolean {
  if (!new RegExp(pattern).test(text)) return false;
  if (application === undefined) return true;
  const [preferred] = cpmApplications(text) ?? [];
  return preferred !== undefined && new RegExp(application).test(preferred);
}

/** The row that classifies this code; null: none knows it. */
export function ruleFor(rules: readonly CodeRule[], code: string): CodeRule | null {
  return rules.find((rule) => takes(rule, code)) ?? null;
}

/** A merchant's code that reads as one to its last digit: the merchant's name, which may be in any script. */
function merchantIn(bytes: Uint8Array): string | null {
  if (visible(bytes.subarray(0, 6)) !== '000201') return null;
  const found = readMpmBytes(bytes);
  return found.ok ? (found.merchantName ?? '').replaceAll(/\p{C}/gu, '').slice(0, SHOWN_characters) : null;
}

export function routeScan(bytes: Uint8Array, rules: readonly CodeRule[]): Scan {
  const merchant = merchantIn(bytes);
  if (merchant !== null) return { kind: 'collectionCode', shown: merchant };
  const text = plainText(bytes);
  const garbage: Scan = { kind: 'garbage', shown: visible(bytes) };
  const isEmv = isEmvLike(bytes, text);
  if (text === null || text.length === 0) return isEmv ? unknownCode(`EMV(${bytes.length})`) : garbage;
  const paper = readPaperCode(text);
  if (paper !== null) return { kind: 'receipt', receiptId: paper.receiptId, text };
  const rule = ruleFor(rules, text);
  if (rule !== null)
    return { kind: 'paymentCode', scheme: rule.scheme, code: text, deferrable: rule.deferrable };
  if (collectionPatterns.some((pattern) => pattern.test(text))) {
    return { kind: 'collectionCode', shown: visible(bytes) };
  }
  if (isPaymentNumber(text)) return { kind: 'paymentNumber', number: text };
  // Longer than any code too: two codes that ran into each other are still secrets.
  if (/^\d{16,24}$/.test(text)) return unknownCode(maskCode(text), text);
  if (isEmv || /^\d{25,}$/.test(text)) return unknownCode(maskCode(text));
  if (text.length <= GOODS_characters && /^[0-9A-Za-z-]+$/.test(text))
    return { kind: 'goods', barcode: text };
  return garbage;
}

// From bytes to numbered lines, in the one encoding that the bill has.
import { BadBill } from './bill.ts';

/** Bills of a shop's day have thousands of rows; this is far above, and keeps a wrong file from filling the memory. */
const LIMIT_bytes = 16 * 1024 * 1024;
const LIMIT_lines = 200_000;

const NEW_LINE = 0x0a;

export type Line = { number: number; text: string };
/** Of a file whose fields have their places in bytes. */
export type ByteLine = { number: number; bytes: Uint8Array };

function decoded(file: string, bytes: Uint8Array, encoding: 'utf-8' | 'gbk'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // The decoder knows no place: the first byte sequence that fails is not told.
    if (error instanceof TypeError) throw new BadBill({ file }, `is not ${encoding.toUpperCase()} text`);
    throw error;
  }
}

/** Before anything is made of it: each line costs much more than its bytes. */
function checkSize(file: string, bytes: Uint8Array): void {
  if (bytes.length > LIMIT_bytes) throw new BadBill({ file }, `has more than ${LIMIT_bytes} bytes`);
  let lines = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) lines += 1;
  if (lines > LIMIT_lines) throw new BadBill({ file }, `has more than ${LIMIT_lines} lines`);
}

/** Empty lines are passed over; a byte order mark is dropped. @throws BadBill */
export function linesOf(file: string, bytes: Uint8Array, encoding: 'utf-8' | 'gbk'): Line[] {
  checkSize(file, bytes);
  const lines = decoded(file, bytes, encoding)
    .split('\n')
    .map((text, index) => ({ number: index + 1, text: text.replace(/\r$/, '') }))
    .filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) throw new BadBill({ file }, 'is empty');
  return lines;
}

const RETURN = 0x0d;

/** The same before any decoding. @throws BadBill */
export function byteLinesOf(file: string, bytes: Uint8Array): ByteLine[] {
  checkSize(file, bytes);
  const lines: ByteLine[] = [];
  let from = 0;
  for (let number = 1; from < bytes.length; number += 1) {
    const next = bytes.indexOf(NEW_LINE, from);
    const end = next < 0 ? bytes.length : next;
    const line = bytes.subarray(from, bytes[end - 1] === RETURN && end > from ? end - 1 : end);
    if (line.some((byte) => byte !== 0x20)) lines.push({ number, bytes: line });
    from = end + 1;
  }
  if (lines.length === 0) throw new BadBill({ file }, 'is empty');
  return lines;
}

const gbk = new TextDecoder('gbk', { fatal: true });

/** One field's GBK text. @throws BadBill */
export function decodedCell(
  place: { file: string; line: number; column: string },
  bytes: Uint8Array,
): string {
  try {
    return gbk.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new BadBill(place, 'is not GBK text');
    throw error;
  }
}

/** The mistake that is made most: the same bill, saved again in the other encoding. */
export function startsAsUtf8(bytes: Uint8Array, text: string): boolean {
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const wanted = new TextEncoder().encode(text);
  return wanted.every((byte, index) => bytes[skip + index] === byte);
}

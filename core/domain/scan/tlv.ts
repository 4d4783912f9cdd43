// BER-TLV as EMV uses it (EMV book 3, annex B): tags of one to three bytes, lengths short or long (81, 82). Pure.

export type Tlv = { tag: string; value: Uint8Array };

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

export { hexOf };

/** Length of the tag at `at`: 1 to 3; 0 when it is cut off or longer. */
function tagLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === undefined) return 0;
  if ((first & 0x1f) !== 0x1f) return 1;
  for (let length = 2; length <= 3; length += 1) {
    const next = bytes[at + length - 1];
    if (next === undefined) return 0;
    if ((next & 0x80) === 0) return length;
  }
  return 0;
}

/** The length that stands at `at`, and how many bytes tell it; null when it is cut off, indefinite, or of more than two bytes. */
function lengthAt(bytes: Uint8Array, at: number): { length: number; size: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { length: first, size: 1 };
  const size = first & 0x7f;
  if (size < 1 || size > 2) return null;
  let length = 0;
  for (let index = 1; index <= size; index += 1) {
    const next = bytes[at + index];
    if (next === undefined) return null;
    length = length * 256 + next;
  }
  return { length, size: size + 1 };
}

/** Null when anything is cut off or left over: a payload is whole or worth nothing. */
export function readTlv(bytes: Uint8Array): Tlv[] | null {
  const found: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tagSize = tagLength(bytes, at);
    const told = tagSize === 0 ? null : lengthAt(bytes, at + tagSize);
    if (told === null) return null;
    const begin = at + tagSize + told.size;
    const end = begin + told.length;
    if (end > bytes.length) return null;
    found.push({ tag: hexOf(bytes.subarray(at, at + tagSize)), value: bytes.subarray(begin, end) });
    at = end;
  }
  return found;
}

// Receipt text made safe for a printer in Chinese mode: two-byte GB18030 only, nothing that could be a command.
import iconv from 'iconv-lite';

/** Characters that printers get wrong or that have no two-byte code, with what we print instead. */
const replacements: ReadonlyMap<string, string> = new Map([
  // U+00A5 encodes to 81 30 84 36, which GBK printers show as "0 6" (reference devices D6)
  ['\u00a5', '\uffe5'],
  // A2 E3 in GB18030, 80 in GBK: no byte is right on both kinds
  ['\u20ac', 'EUR'],
  ['\u00a0', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['\t', ' '],
  ['\u200b', ''],
  ['\u200d', ''],
  ['\ufe0f', ''],
  ['\ufeff', ''],
]);

/** C0, DEL and C1 controls: no receipt text may carry a command to the printer. */
function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

function isPrivateUse(code: number): boolean {
  return code >= 0xe000 && code <= 0xf8ff;
}

/** Most texts are all of these: printable as they are, and the same in NFC. */
const plain = /^[ -~\u4e00-\u9fa5\u3001-\u3002\uff01-\uff5e\uffe5]*$/;

function printable(character: string): string {
  const replaced = replacements.get(character);
  if (replaced !== undefined) return replaced;
  const code = character.codePointAt(0) ?? 0;
  if (isControl(code)) return '';
  if (code < 0x7f || (code >= 0x4e00 && code <= 0x9fa5)) return character;
  if (code > 0xffff || isPrivateUse(code) || (code >= 0xd800 && code <= 0xdfff)) return '?';
  const encoded = iconv.encode(character, 'gb18030');
  return encoded.length === 2 ? character : '?';
}

/** One line's worth of `text` (line breaks are dropped: see `sanitiseLines`), every character one or two bytes. */
export function sanitise(text: string): string {
  if (plain.test(text)) return text;
  let safe = '';
  for (const character of text.normalize('NFC')) safe += printable(character);
  return safe;
}

/** `text` split at its line breaks, each part sanitised; at least one part. */
export function sanitiseLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map(sanitise);
}

/** GB18030 bytes of text that went through `sanitise`. */
export function encodeText(text: string): Uint8Array {
  return iconv.encode(text, 'gb18030');
}

/** The text of a block `head text`, or null for an empty one. Printers use whatever bytes they like. */
export function blockText(block: Uint8Array): string | null {
  const text = sanitise(iconv.decode(Buffer.from(block.subarray(1)), 'gb18030')).trim();
  return text === '' ? null : text;
}

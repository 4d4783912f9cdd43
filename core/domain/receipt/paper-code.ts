// What the QR and the bar code of our receipts and return slips hold: written here, and read when one is scanned. Pure.

/** `tag`: by which a till knows the papers of its own journal (db/paper-tag.ts); null: printed by a program that gave none. */
export type PaperCode =
  | { kind: 'barcode'; receiptId: string; tag: string | null }
  | { kind: 'qr'; receiptId: string; number: string; head: string; tag: string | null };

/** With the id these are twelve characters: more would need bars too narrow for 58 mm (drivers/printer/barcode.ts). */
const BARCODE_TAG_characters = 2;

const BARCODE = /^([RT][0-9A-Z]{9})([0-9A-Z]{2})?$/;
const QR = /^yima:([RT][0-9A-Z]{9})(?::([^:]*))?(?::([^:]*))?(?::(.*))?$/;

/** `R001000012K7`. */
export function barcodeText(receiptId: string, tag: string): string {
  return `${receiptId}${tag.slice(0, BARCODE_TAG_characters)}`;
}

/** `yima:R001000012:00000012:a1b2c3d4:K7Q2M9XA`. `head`: the journal's, when it was printed. */
export function qrText(paper: { receiptId: string; number: string }, head: string, tag: string): string {
  return `yima:${paper.receiptId}:${paper.number}:${head}:${tag}`;
}

/** Whether the paper bears this tag, as far as it has room for it. */
export function isTagOf({ kind, tag }: PaperCode, whole: string): boolean {
  return tag === (kind === 'qr' ? whole : whole.slice(0, BARCODE_TAG_characters));
}

/** Null: none of our papers. What a torn QR does not say is empty, and fits nothing. */
export function readPaperCode(text: string): PaperCode | null {
  const bars = BARCODE.exec(text);
  if (bars?.[1] !== undefined) return { kind: 'barcode', receiptId: bars[1], tag: bars[2] ?? null };
  const [, receiptId, number = '', head = '', tag = null] = QR.exec(text) ?? [];
  return receiptId === undefined ? null : { kind: 'qr', receiptId, number, head, tag };
}

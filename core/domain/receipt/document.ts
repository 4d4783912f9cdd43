// A receipt as a list of blocks, independent of paper width and printer: what the encoder and the screen preview read.

export type Align = 'left' | 'center' | 'right';

export type ReceiptBlock =
  | { kind: 'text'; text: string; align: Align; size: 1 | 2; bold: boolean }
  /** Two columns; `left` wraps, `right` never does. */
  | { kind: 'pair'; left: string; right: string; size: 1 | 2; bold: boolean }
  /** One sold line: the name on its own row(s), below it quantity x unit price and the amount, right aligned. */
  | { kind: 'item'; name: string; quantity: string; unitPrice: string; amount: string }
  /** A white-on-black band: 离线待确认, 重印. */
  | { kind: 'banner'; text: string }
  | { kind: 'rule' }
  | { kind: 'qr'; data: string }
  /** CODE128, human-readable text below. */
  | { kind: 'barcode'; data: string };

export type ReceiptDocument = {
  receiptId: string;
  /** The printed number, gapless, assigned at completion. */
  number: string;
  blocks: ReceiptBlock[];
};

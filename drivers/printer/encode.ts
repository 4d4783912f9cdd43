// A receipt as the bytes of one printer. Pure and total: any document gives a printable receipt.
import type { ReceiptDocument } from '../../core/domain/receipt/document.ts';
import type { PrintJob } from '../../core/ports/printer.ts';
import { barcodeBytes } from './barcode.ts';
import { ByteBuilder } from './builder.ts';
import * as command from './commands.ts';
import { receiptRows, textRows } from './layout.ts';
import type { Row } from './layout.ts';
import type { PrinterProfile } from './profile.ts';
import { qrBytes } from './symbols.ts';

/** Rows to feed past the tear bar of printers without cutter. */
const tearFeed = 5;

type TextRow = Extract<Row, { kind: 'text' }>;

function writeText(builder: ByteBuilder, row: TextRow, profile: PrinterProfile): void {
  builder.align(row.align);
  if (row.size === 2) {
    builder.raw(command.characterSize(2));
    if (profile.hanziSize) builder.raw(command.hanziSize(2));
  }
  if (row.bold) builder.raw(command.bold(true));
  if (row.reverse) builder.raw(command.reverse(true));
  builder.line(row.text);
  if (row.reverse) builder.raw(command.reverse(false));
  if (row.bold) builder.raw(command.bold(false));
  if (row.size === 2) {
    builder.raw(command.characterSize(1));
    if (profile.hanziSize) builder.raw(command.hanziSize(1));
  }
}

function writeRow(builder: ByteBuilder, row: Row, profile: PrinterProfile): void {
  if (row.kind === 'text') {
    writeText(builder, row, profile);
    return;
  }
  const symbol = row.kind === 'qr' ? qrBytes(row.data, profile) : barcodeBytes(row.data, profile);
  if (symbol === null) {
    for (const text of textRows(row.data, profile.columns)) writeRow(builder, text, profile);
    return;
  }
  // the feeds are the quiet zones above and below
  builder.align('center').feed(1).raw(symbol);
  if (row.kind === 'barcode' && profile.barcode === 'raster')
    for (const text of textRows(row.data, profile.columns)) writeRow(builder, text, profile);
  builder.feed(1);
}

/** The whole job in pieces between which anything may be asked: initialise, Hanzi mode, rows, cut. */
export function encodePieces(
  document: ReceiptDocument,
  profile: PrinterProfile,
  copy: PrintJob['copy'],
): Uint8Array[] {
  const builder = new ByteBuilder().raw(command.initialise, command.selectHanzi, command.defaultLineSpacing);
  const pieces = receiptRows(document, profile.columns, copy).map((row) => {
    writeRow(builder, row, profile);
    return builder.take();
  });
  builder.align('left');
  if (profile.cut === 'feedAndCut') builder.raw(command.feedAndCut);
  else builder.feed(tearFeed);
  return [...pieces, builder.take()];
}

/** The whole job. Without status requests. */
export function encodeReceipt(
  document: ReceiptDocument,
  profile: PrinterProfile,
  copy: PrintJob['copy'],
): Uint8Array {
  return Buffer.concat(encodePieces(document, profile, copy));
}

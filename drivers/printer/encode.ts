// A receipt as the bytes of one printer. Pure and total: any document gives a printable receipt.
import type { ReceiptDocument } from '../../core/domain/receipt/document.ts';
import type { PrintJob } from '../../core/ports/printer.ts';
import { barcodeBytes } from './barcode.ts';
import { alignment, ByteBuilder, commandText, lineFeed } from './builder.ts';
import * as command from './commands.ts';
import { receiptRows, textRows } from './layout.ts';
import type { Row } from './layout.ts';
import type { PrinterProfile } from './profile.ts';
import { qrBytes } from './symbols.ts';

/** Rows to feed past the tear bar of printers without cutter. */
const tearFeed = lineFeed.repeat(5);

const begin = [command.initialise, command.selectHanzi, command.defaultLineSpacing].map(commandText).join('');
const boldOn = commandText(command.bold(true));
const boldOff = commandText(command.bold(false));
const reverseOn = commandText(command.reverse(true));
const reverseOff = commandText(command.reverse(false));
const large = commandText(command.characterSize(2));
const normal = commandText(command.characterSize(1));
const largeHanzi = commandText(command.hanziSize(2));
const normalHanzi = commandText(command.hanziSize(1));
const feedAndCut = commandText(command.feedAndCut);

type TextRow = Extract<Row, { kind: 'text' }>;

/** A line and the commands around it. */
function lineOf({ text, style }: TextRow, profile: PrinterProfile): string {
  let line = text + lineFeed;
  if (style.reverse) line = reverseOn + line + reverseOff;
  if (style.bold) line = boldOn + line + boldOff;
  if (style.size === 2)
    line = profile.hanziSize ? large + largeHanzi + line + normal + normalHanzi : large + line + normal;
  return alignment[style.align] + line;
}

function writeRow(builder: ByteBuilder, row: Row, profile: PrinterProfile): void {
  if (row.kind === 'text') {
    builder.text(lineOf(row, profile));
    return;
  }
  const symbol = row.kind === 'qr' ? qrBytes(row.data, profile) : barcodeBytes(row.data, profile);
  if (symbol === null) {
    for (const text of textRows(row.data, profile.columns)) writeRow(builder, text, profile);
    return;
  }
  // the feeds are the quiet zones above and below
  builder.text(alignment.center + lineFeed).raw(symbol);
  if (row.kind === 'barcode' && profile.barcode === 'raster')
    for (const text of textRows(row.data, profile.columns)) writeRow(builder, text, profile);
  builder.text(lineFeed);
}

/** Initialise, Hanzi mode, rows, cut; a piece for each row. */
function build(document: ReceiptDocument, profile: PrinterProfile, copy: PrintJob['copy']): ByteBuilder {
  const builder = new ByteBuilder().text(begin);
  for (const row of receiptRows(document, profile.columns, copy)) {
    writeRow(builder, row, profile);
    builder.cut();
  }
  return builder.text(alignment.left + (profile.cut === 'feedAndCut' ? feedAndCut : tearFeed)).cut();
}

/** The whole job in pieces between which anything may be asked. */
export function encodePieces(
  document: ReceiptDocument,
  profile: PrinterProfile,
  copy: PrintJob['copy'],
): Uint8Array[] {
  return build(document, profile, copy).pieces();
}

/** The whole job. Without status requests. */
export function encodeReceipt(
  document: ReceiptDocument,
  profile: PrinterProfile,
  copy: PrintJob['copy'],
): Uint8Array {
  return build(document, profile, copy).bytes();
}

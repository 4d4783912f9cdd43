// Receipt blocks as printable rows, for one paper width. Pure.
import type { Align, ReceiptBlock, ReceiptDocument } from '../../core/domain/receipt/document.ts';
import type { PrintJob } from '../../core/ports/printer.ts';
import { center, itemRows, twoColumns, wrap } from './columns.ts';
import { sanitise, sanitiseLines } from './text.ts';

type TextStyle = { align: Align; size: 1 | 2; bold: boolean; reverse: boolean };
export type Row =
  | { kind: 'text'; text: string; style: TextStyle }
  | { kind: 'qr'; data: string }
  | { kind: 'barcode'; data: string };

const plain: TextStyle = { align: 'left', size: 1, bold: false, reverse: false };
const centered: TextStyle = { ...plain, align: 'center' };
const band: TextStyle = { align: 'left', size: 2, bold: true, reverse: true };
/** A character of size 2 takes twice the columns. */
const atSize = (columns: number, size: 1 | 2): number => Math.floor(columns / size);

function styled(texts: string[], style: TextStyle): Row[] {
  return texts.map((text) => ({ kind: 'text', text, style }));
}

function wrapAll(text: string, columns: number): string[] {
  return sanitiseLines(text).flatMap((line) => wrap(line, columns));
}

function banner(text: string, columns: number): Row[] {
  const width = atSize(columns, 2);
  const texts = wrapAll(text, width - 2).map((line) => center(line, width));
  return styled(texts, band);
}

/** Rows of text to print where a symbol can't be printed. */
export function textRows(text: string, columns: number): Row[] {
  return styled(wrapAll(text, columns), centered);
}

function blockRows(block: ReceiptBlock, columns: number): Row[] {
  switch (block.kind) {
    case 'text': {
      const { align, size, bold } = block;
      return styled(wrapAll(block.text, atSize(columns, size)), { align, size, bold, reverse: false });
    }
    case 'pair': {
      const { size, bold } = block;
      const rows = twoColumns(sanitise(block.left), sanitise(block.right), atSize(columns, size));
      return styled(rows, { ...plain, size, bold });
    }
    case 'item': {
      const { name, quantity, unitPrice, amount } = block;
      const item = {
        name: sanitise(name),
        quantity: sanitise(quantity),
        unitPrice: sanitise(unitPrice),
        amount: sanitise(amount),
      };
      return styled(itemRows(item, columns), plain);
    }
    case 'banner':
      return banner(block.text, columns);
    case 'rule':
      return styled(['-'.repeat(columns)], plain);
    case 'qr':
    case 'barcode':
      return [block];
  }
}

/** What a copy is marked with; null for the original. */
function copyMark(copy: PrintJob['copy']): string | null {
  if (copy === 'afterCrash') return '可能重复 POSSIBLE COPY';
  return copy > 0 ? `重印 REPRINT ${copy}` : null;
}

/** Every row of the receipt, copies marked at the top. */
export function receiptRows(document: ReceiptDocument, columns: number, copy: PrintJob['copy']): Row[] {
  const mark = copyMark(copy);
  const head = mark === null ? [] : banner(mark, columns);
  return [...head, ...document.blocks.flatMap((block) => blockRows(block, columns))];
}

// Two computations of one report that differ: both figures of every difference, on paper, for somebody who can tell. Pure.
import { heading, type ReceiptHeader, rule, signatures, text } from './blocks.ts';
import type { ReceiptDocument } from './document.ts';

const SHOWN_rows = 60;

export function buildDifferencePaper(
  header: ReceiptHeader,
  paper: { receiptId: string; number: string },
  differences: readonly string[],
): ReceiptDocument {
  const more = differences.length - SHOWN_rows;
  return {
    receiptId: paper.receiptId,
    number: paper.number,
    blocks: [
      { kind: 'banner', text: '两次计算不一致,未日结' },
      text('TWO COMPUTATIONS DIFFER: NOT SEALED', { align: 'center', bold: true }),
      text('账目未改动。请保留此单并联系技术员。'),
      text('No figure was changed. Keep this paper and call the technician.'),
      rule,
      heading('本机 != 复核 Ours != second'),
      ...differences.slice(0, SHOWN_rows).map((line) => text(line)),
      ...(more > 0 ? [text(`… +${more}`)] : []),
      ...signatures(header),
    ],
  };
}

// What stands in the white bands at the top of a receipt.
import { buildReceipt } from '../../core/domain/receipt/build.ts';
import type { TestTill } from '../sim/till-kit.ts';
import { header } from './paper-header.ts';

/** Of the sale's receipt, as it would be printed now. */
export function bandsOf(till: TestTill): string[] {
  const sale = till.sale();
  const receipt = till.state.receipts[sale.receiptId ?? ''];
  if (!receipt) throw new Error('the sale has no receipt');
  const giveBacks = Object.values(till.state.giveBacks);
  const { blocks } = buildReceipt(header, receipt, sale, till.attempts(), giveBacks);
  return blocks.flatMap((block) => (block.kind === 'banner' ? [block.text] : []));
}

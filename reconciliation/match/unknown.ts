// Lines of the bill whose order this journal doesn't know.
import type { BillEntry } from '../bills/bill.ts';
import { partsOf, type TillBooks } from '../journal/items.ts';
import { type Day, type Finding, finding } from './finding.ts';

/** The number itself says that another till gave it, or this one in an earlier life. */
function isForeign({ terminals, epochs }: TillBooks, orderNumber: string): boolean {
  const parts = partsOf(orderNumber);
  if (parts === null || terminals.size === 0) return false;
  return !terminals.has(parts.terminal) || !epochs.has(parts.epoch);
}

/** @param entries all lines of one order */
export function matchUnknown(day: Day, books: TillBooks, entries: readonly BillEntry[]): Finding[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const parts = { entries: [entry] };
    const name = `${entry.kind}/${entry.refundNumber ?? ''}`;
    const isAgain = seen.has(name);
    seen.add(name);
    if (isAgain) return finding(day, 'duplicate', parts);
    if (isForeign(books, entry.orderNumber)) return finding(day, 'wrongTerminal', parts);
    return finding(day, entry.kind === 'payment' ? 'missingHere' : 'refundMissingHere', parts);
  });
}

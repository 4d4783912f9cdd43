// Lines of the bill whose order this journal doesn't know.
import type { BillEntry } from '../bills/bill.ts';
import { partsOf, type TillBooks } from '../journal/items.ts';
import { type Day, type Finding, finding } from './finding.ts';
import { refundName } from './proof.ts';

/** What the number itself says: another till gave it, or this one in a life that its journal does not know; null: neither. */
function strangerOf(
  { terminals, epochs }: TillBooks,
  orderNumber: string,
): 'wrongTerminal' | 'earlierLife' | null {
  const parts = partsOf(orderNumber);
  if (parts === null || terminals.size === 0) return null;
  if (!terminals.has(parts.terminal)) return 'wrongTerminal';
  return epochs.has(parts.epoch) ? null : 'earlierLife';
}

/** @param entries all lines of one order */
export function matchUnknown(day: Day, books: TillBooks, entries: readonly BillEntry[]): Finding[] {
  const seen = new Map<string, BillEntry>();
  return entries.map((entry) => {
    const parts = { entries: [entry] };
    const name = `${entry.kind}/${entry.refundNumber ?? ''}`;
    const repeats = seen.get(name);
    if (repeats !== undefined) return finding(day, 'duplicate', { ...parts, repeats });
    seen.set(name, entry);
    const missing = entry.kind === 'payment' ? 'missingHere' : refundName(day.rail, entry);
    return finding(day, strangerOf(books, entry.orderNumber) ?? missing, parts);
  });
}

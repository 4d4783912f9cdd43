// Gapless number series: receipts, returns, cash slips, shifts.
import { type Books, fault } from './books.ts';

const parted = /^(.*?)(\d+)$/s;

/** The number after this one, in the same writing: what stands before its last digits stays. Null when it has no digits. */
function after(number: string): string | null {
  const [, before, digits] = parted.exec(number) ?? [];
  if (before === undefined || digits === undefined) return null;
  return before + String(BigInt(digits) + 1n).padStart(digits.length, '0');
}

/** A series begins with 1 and leaves nothing out. */
export function takeNumber(books: Books, series: string, path: string, number: string): void {
  const last = books.lastNumbers.get(series);
  books.lastNumbers.set(series, number);
  if (last !== undefined) {
    const due = after(last);
    if (due !== number) fault(books, path, `${number} after ${last}`);
    return;
  }
  const digits = parted.exec(number)?.[2];
  if (digits === undefined || BigInt(digits) !== 1n) fault(books, path, `${number} is the first one`);
}

export function takeReceiptId(books: Books, path: string, receiptId: string): void {
  if (books.receiptIds.has(receiptId)) fault(books, path, `${receiptId} was used before`);
  books.receiptIds.add(receiptId);
}

// Gapless number series: receipts, returns, cash slips, shifts.
import { type Books, fault } from './books.ts';

const parted = /^(.*?)(\d+)$/s;

/** The number after this one, in the same writing: what stands before its last digits stays. Null when it has no digits. */
function after(number: string): string | null {
  const [, before, digits] = parted.exec(number) ?? [];
  if (before === undefined || digits === undefined) return null;
  return before + String(BigInt(digits) + 1n).padStart(digits.length, '0');
}

/** docs/reports.md: so many printed numbers have room in one epoch. */
const PRINTED_per_epoch = 10_000_000n;

/** What a number is in another epoch: the digits of its own place in it stay. */
function rebased(number: string, epoch: number): string {
  const [, before = '', digits = '0'] = parted.exec(number) ?? [];
  const moved = BigInt(epoch - 1) * PRINTED_per_epoch + (BigInt(digits) % PRINTED_per_epoch);
  return before + String(moved).padStart(8, '0');
}

/** A restore raised the epoch: every series goes on in it, also one that has not begun. */
export function rebaseNumbers(books: Books, epoch: number): void {
  for (const [series, last] of books.lastNumbers) books.lastNumbers.set(series, rebased(last, epoch));
  books.firstNumber = BigInt(epoch - 1) * PRINTED_per_epoch + 1n;
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
  if (digits === undefined || BigInt(digits) !== books.firstNumber)
    fault(books, path, `${number} is the first one`);
}

export function takeReceiptId(books: Books, path: string, receiptId: string): void {
  if (books.receiptIds.has(receiptId)) fault(books, path, `${receiptId} was used before`);
  books.receiptIds.add(receiptId);
}

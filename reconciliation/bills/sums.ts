// The file's own totals against its rows: a row that was lost, doubled or changed on the way shows here.
import { BadBill, type BillEntry, type BillTotals } from './bill.ts';

export function sumOf<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}

export function negated(amount: number): number {
  return amount === 0 ? 0 : -amount;
}

/** @throws BadBill when the stated figure is not the rows' own. */
export function mustAgree(
  place: { file: string; line: number; column: string },
  stated: number,
  summed: number,
): void {
  if (stated !== summed) {
    throw new BadBill(place, `the total says ${stated}, the rows amount to ${summed}: is the file whole?`);
  }
}

/** @param payout_fen from the stated totals */
export function totalsOf(entries: readonly BillEntry[], payout_fen: number): BillTotals {
  const payments = entries.filter((entry) => entry.kind === 'payment');
  const givenBack = entries.filter((entry) => entry.kind !== 'payment');
  return {
    payments: payments.length,
    paid_fen: sumOf(payments, (entry) => entry.amount_fen),
    givenBack: givenBack.length,
    givenBack_fen: sumOf(givenBack, (entry) => entry.amount_fen),
    fees_fen: sumOf(entries, (entry) => entry.fee_fen),
    discounts_fen: sumOf(entries, (entry) => entry.discount_fen),
    payout_fen,
  };
}

/** 1234567 -> "12345.67" */
export function yuan(amount_fen: number): string {
  const digits = String(Math.abs(amount_fen)).padStart(3, '0');
  return `${amount_fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

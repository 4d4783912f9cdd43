// What the acquirer may keep of a payment. Refunds are not checked: how a fee is returned is told nowhere that we could read.
import type { BillEntry } from '../bills/bill.ts';

const MILLION = 1_000_000n;

/** Half a fen goes up: so do all 31 payments of the public sample bill. @param rate_ppm of what is settled, in millionths */
export function feeOf_fen(settled_fen: number, rate_ppm: number): number {
  return Number((BigInt(settled_fen) * BigInt(rate_ppm) + MILLION / 2n) / MILLION);
}

/** What the fee should have been, when it is something else; null when it is right, or nobody knows the rate. */
export function expectedFee_fen(entry: BillEntry, contract_ppm: number | null): number | null {
  const rate_ppm = contract_ppm ?? entry.rate_ppm;
  if (entry.kind !== 'payment' || rate_ppm === null) return null;
  const due_fen = feeOf_fen(entry.amount_fen - entry.discount_fen, rate_ppm);
  return due_fen === entry.fee_fen ? null : due_fen;
}

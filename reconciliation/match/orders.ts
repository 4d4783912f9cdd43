// One order: what the bill charged and gave back under its number, against what the till believes of it.
// The whole table stands in docs/reconciliation.md and, cell by cell, in table.test.ts.
import { assertNever } from '../../core/domain/assert.ts';
import type { BillEntry } from '../bills/bill.ts';
import { clearingDate } from '../calendar.ts';
import type { OrderItem } from '../journal/items.ts';
import { expectedFee_fen } from './fee.ts';
import { bookedOn, type Day, type Finding, finding } from './finding.ts';
import { isDone, refundName } from './proof.ts';

/** `returns`: reversals, and what went back under the order's number without being a give-back of ours. */
export type Billed = { charges: readonly BillEntry[]; returns: readonly BillEntry[] };

function isOpenedOn(day: Day, order: OrderItem): boolean {
  return clearingDate(day.rail, order.openedAt_ms) === day.billDate;
}

function matchedCharge(day: Day, order: OrderItem, charge: BillEntry): Finding {
  const feeExpected_fen = expectedFee_fen(charge, day.rate_ppm);
  const parts = { entries: [charge], order };
  return feeExpected_fen === null
    ? finding(day, 'matched', parts)
    : finding(day, 'feeDiffers', { ...parts, feeExpected_fen });
}

/** Taken here, charged there. */
function charged(day: Day, order: OrderItem, charge: BillEntry): Finding {
  const parts = { entries: [charge], order };
  const isBooked = bookedOn(day, order);
  // Another number of theirs, for an order whose charge stands on another day's bill: a second charge.
  const isOther = !order.acquirerNumbers.includes(charge.acquirerNumber);
  if (!isBooked && isOther && order.settlementDate !== day.billDate) return finding(day, 'duplicate', parts);
  if (charge.amount_fen !== order.amount_fen) return finding(day, 'amountDiffers', parts);
  if (order.cameAfterLoss) return finding(day, 'lateSuccess', parts);
  if (isBooked) return matchedCharge(day, order, charge);
  const isLater = clearingDate(day.rail, order.provenAt_ms ?? order.openedAt_ms) > day.billDate;
  return finding(day, isLater ? 'lateSuccess' : 'clearedOtherDay', parts);
}

/** Taken here in this day's books, and not on this bill: the approval itself says on which day it clears. */
function notCharged(day: Day, order: OrderItem): Finding {
  const { settlementDate } = order;
  if (settlementDate === null || settlementDate === day.billDate) {
    return finding(day, 'missingThere', { order });
  }
  return finding(day, settlementDate < day.billDate ? 'lateSuccess' : 'clearedOtherDay', { order });
}

function taken(day: Day, order: OrderItem, { charges, returns }: Billed): Finding[] {
  const own = charges.find((entry) => order.acquirerNumbers.includes(entry.acquirerNumber)) ?? charges[0];
  const rest = charges.filter((entry) => entry !== own);
  const found = rest.map((entry) => finding(day, 'duplicate', { entries: [entry], repeats: own }));
  const first = new Map<string | null, BillEntry>();
  for (const entry of returns) {
    const repeats = first.get(entry.refundNumber);
    if (repeats === undefined) first.set(entry.refundNumber, entry);
    const name = repeats === undefined ? refundName(day.rail, entry) : 'duplicate';
    found.push(finding(day, name, { entries: [entry], repeats }));
  }
  if (own !== undefined) return [charged(day, order, own), ...found];
  return bookedOn(day, order) ? [notCharged(day, order), ...found] : found;
}

/** Proven not paid here. */
function free(day: Day, order: OrderItem, charge?: BillEntry, back?: BillEntry): Finding[] {
  const isReversed = order.state === 'reversed';
  // Of our own reversal the till has the proof: the bill is a snapshot of before.
  const isProven = isReversed && back?.kind === 'reversal';
  // What has not gone back, and perhaps never will, is set against no charge: the customer may have lost it.
  if (back !== undefined && !isProven && !isDone(day.rail, back))
    return [...free(day, order, charge), undone(day, back)];
  if (charge !== undefined && back !== undefined) {
    const parts = { entries: [charge, back], order };
    const left_fen = charge.amount_fen - back.amount_fen;
    if (left_fen === 0) return [finding(day, isReversed ? 'matched' : 'returnedThere', parts)];
    return [finding(day, left_fen > 0 ? 'chargedButFree' : 'refundAmountDiffers', parts)];
  }
  if (charge !== undefined) {
    const reversedLater =
      isReversed && clearingDate(day.rail, order.provenAt_ms ?? order.openedAt_ms) > day.billDate;
    const name = reversedLater ? 'reversedAfterCutOff' : 'chargedButFree';
    return [finding(day, name, { entries: [charge], order })];
  }
  if (back !== undefined) return [finding(day, 'reversedAfterCutOff', { entries: [back], order })];
  return isOpenedOn(day, order) ? [finding(day, 'matched', { order })] : [];
}

/** A refund of somebody else's that the bill lists and does not call done. */
function undone(day: Day, back: BillEntry): Finding {
  return finding(day, 'refundUndone', { entries: [back] });
}

function open(day: Day, order: OrderItem, charge?: BillEntry, back?: BillEntry): Finding | null {
  const entries = [charge, back].filter((entry) => entry !== undefined);
  if (charge !== undefined && charge.amount_fen !== order.amount_fen && back === undefined) {
    return finding(day, 'amountDiffers', { entries, order });
  }
  return entries.length > 0 || isOpenedOn(day, order)
    ? finding(day, 'stillPending', { entries, order })
    : null;
}

/** Every line of `billed` is in exactly one of the findings. */
export function matchOrder(day: Day, order: OrderItem, billed: Billed): Finding[] {
  if (order.belief === 'taken') return taken(day, order, billed);
  const [charge, ...charges] = billed.charges;
  const back = billed.returns.find((entry) => isDone(day.rail, entry)) ?? billed.returns[0];
  const backs = billed.returns.filter((entry) => entry !== back);
  const twice = [...charges, ...backs].map((entry) => {
    if (!isDone(day.rail, entry)) return undone(day, entry);
    return finding(day, 'duplicate', { entries: [entry], repeats: entry.kind === 'payment' ? charge : back });
  });
  switch (order.belief) {
    case 'free':
      return [...free(day, order, charge, back), ...twice];
    case 'open':
      return [open(day, order, charge, back) ?? [], twice].flat();
    default:
      return assertNever(order.belief, 'belief of an order');
  }
}

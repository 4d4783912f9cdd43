// One give-back of ours against its line on the bill. A refund is found by its own number, a void by the order's.
import { assertNever } from '../../core/domain/assert.ts';
import type { BillEntry } from '../bills/bill.ts';
import { clearingDate } from '../calendar.ts';
import type { GiveBackItem } from '../journal/items.ts';
import { type Day, type Finding, finding, giveBackNet_fen } from './finding.ts';

function listed(day: Day, giveBack: GiveBackItem, entry: BillEntry): Finding {
  const parts = { entries: [entry], giveBack };
  if (giveBack.belief === 'failed') return finding(day, 'refundMissingHere', parts);
  if (entry.amount_fen !== giveBack.amount_fen) return finding(day, 'refundAmountDiffers', parts);
  if (giveBack.belief === 'open') return finding(day, 'stillPending', parts);
  const isBooked = giveBackNet_fen(day, giveBack) === 0 - giveBack.amount_fen;
  return finding(day, isBooked ? 'matched' : 'refundOtherDay', parts);
}

/** Null when it is not of this day. */
function absent(day: Day, giveBack: GiveBackItem): Finding | null {
  const openedOn = clearingDate(day.rail, giveBack.openedAt_ms);
  const net_fen = giveBackNet_fen(day, giveBack);
  switch (giveBack.belief) {
    case 'done': {
      if (net_fen === 0) return null;
      // The wallets bill a refund on the day on which they accepted it.
      const isOther = openedOn < day.billDate || net_fen > 0;
      return finding(day, isOther ? 'refundOtherDay' : 'refundMissingThere', { giveBack });
    }
    case 'open':
      return openedOn === day.billDate || net_fen !== 0 ? finding(day, 'stillPending', { giveBack }) : null;
    case 'failed':
      // Counted by somebody's word and taken out again when it was refused: the books of the two days cancel each other.
      if (net_fen !== 0) return finding(day, 'refundOtherDay', { giveBack });
      return openedOn === day.billDate ? finding(day, 'matched', { giveBack }) : null;
    default:
      return assertNever(giveBack.belief, 'belief of a give-back');
  }
}

/** @param entries all lines that name it; the second and later ones gave the money back again */
export function matchGiveBack(day: Day, giveBack: GiveBackItem, entries: readonly BillEntry[]): Finding[] {
  const [first, ...again] = entries;
  const own = first === undefined ? absent(day, giveBack) : listed(day, giveBack, first);
  return [
    own ?? [],
    again.map((entry) => finding(day, 'duplicate', { entries: [entry], repeats: first })),
  ].flat();
}

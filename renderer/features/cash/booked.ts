// What became of cash that was put in or out, also when the answer was lost: the slips that there are tell.
import type { CashMoveView, Snapshot } from '../../../contract/snapshot.ts';
import type { Reply } from '../../lib/connection.ts';

type Move = Pick<CashMoveView, 'direction' | 'amount_fen'>;

/** `slip`: it was booked by a call whose answer was lost, or by somebody else meanwhile: the paper that says so. */
export type Booked = Move & { slip: CashMoveView | null };

/** Whether the core may have done it all the same. */
export function isUnsure(reply: Reply): boolean {
  return !reply.ok && (reply.lost || reply.code === 'E-CASH-07');
}

/** `after`: the slips that there were before. */
export function bookedOf(
  asked: { done: Move | null; isUnsure: boolean; after: number },
  { counts, lastCashMove }: Pick<Snapshot, 'counts' | 'lastCashMove'>,
): Booked | null {
  if (asked.done !== null) return { ...asked.done, slip: null };
  if (!asked.isUnsure || counts.cashMoves <= asked.after || lastCashMove === null) return null;
  const { direction, amount_fen } = lastCashMove;
  return { direction, amount_fen, slip: lastCashMove };
}

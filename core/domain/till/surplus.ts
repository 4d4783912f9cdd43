// An approval is kept where it pays for the goods; what nobody needs goes back. That is so when a deferred payment is found charged
// after it had counted as lost, and for another one that was on its way when that happened. Pure.
import { assert } from '../assert.ts';
import type { Sale } from '../sale/sale.ts';
import { paidFor_fen } from '../sale/settled.ts';
import type { Draft } from './draft.ts';
import type { Surroundings } from './events.ts';
import { LOST_TIME, mayVoid, startGiveBack } from './give-backs.ts';
import { refunded_fen, uncovered_fen } from './queries.ts';
import { isFromBackup } from './restoring.ts';
import type { Attempt } from './state.ts';

/** Nothing of the sale is wanted any more, or its goods are being chosen anew. */
const needsNothing: ReadonlySet<Sale['state']> = new Set(['open', 'cancelling', 'cancelled', 'returned']);

export function returnSurplus(draft: Draft, attempt: Attempt, surroundings: Surroundings): void {
  const sale = draft.state.sales[attempt.saleId];
  assert(sale, `sale ${attempt.saleId} is not loaded`);
  // Goods that came back while they were not paid for were given nothing for: they need no money now.
  const unrefunded_fen = Math.max(
    0,
    paidFor_fen(sale.settled, sale.returned) - refunded_fen(draft.state, sale),
  );
  const excess_fen = Math.max(0, unrefunded_fen - uncovered_fen(draft.state, sale));
  const { state } = attempt.machine;
  const isUnwanted = state.kind === 'approved' && state.unwanted === true;
  const amount_fen =
    isUnwanted || needsNothing.has(sale.state)
      ? attempt.amount_fen
      : Math.min(attempt.amount_fen, excess_fen);
  if (amount_fen === 0) return;
  const isWhole = amount_fen === attempt.amount_fen;
  const method = isWhole && mayVoid(attempt, surroundings) ? 'void' : 'refund';
  const { attemptId } = attempt;
  const wanted = { attemptId, amount_fen, method, returnId: null, cause: 'surplus' } as const;
  // A part may have gone back in the lost time, and the acquirer would give it again; the whole it gives once.
  const isPerhapsBack = !isWhole && isFromBackup(draft.state, attemptId);
  startGiveBack(draft, isPerhapsBack ? { ...wanted, refused: LOST_TIME } : wanted, surroundings);
}

// A deferred payment found charged after it had counted as lost: kept where it still pays for the goods, else given back. Pure.
import { assert } from '../assert.ts';
import type { Sale } from '../sale/sale.ts';
import type { Draft } from './draft.ts';
import type { Surroundings } from './events.ts';
import { mayVoid, startGiveBack } from './give-backs.ts';
import { uncovered_fen } from './queries.ts';
import type { Attempt } from './state.ts';

/** Nothing of the sale is wanted any more, or its goods are being chosen anew. */
const needsNothing: ReadonlySet<Sale['state']> = new Set(['open', 'cancelling', 'cancelled', 'returned']);

export function returnSurplus(draft: Draft, attempt: Attempt, surroundings: Surroundings): void {
  const sale = draft.state.sales[attempt.saleId];
  assert(sale, `sale ${attempt.saleId} is not loaded`);
  const excess_fen = Math.max(0, -uncovered_fen(draft.state, sale));
  const amount_fen = needsNothing.has(sale.state)
    ? attempt.amount_fen
    : Math.min(attempt.amount_fen, excess_fen);
  if (amount_fen === 0) return;
  const isWhole = amount_fen === attempt.amount_fen;
  const method = isWhole && mayVoid(attempt, surroundings) ? 'void' : 'refund';
  const { attemptId } = attempt;
  startGiveBack(draft, { attemptId, amount_fen, method, returnId: null, cause: 'surplus' }, surroundings);
}

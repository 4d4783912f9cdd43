// The payments that a customer may mean, as the screen shows them: fresh from the state, so that an answer that comes while they are shown is seen.
import type { Evidence, PaymentsFound } from '../../contract/evidence.ts';
import { assert } from '../domain/assert.ts';
import { evidenceOf } from '../domain/evidence/evidence.ts';
import type { Engine } from '../engine/engine.ts';
import { withSaleLoaded } from '../engine/living.ts';
import type { Store } from '../ports/journal.ts';

function evidenceView({ state }: Pick<Engine, 'state'>, store: Store, attemptId: string): Evidence {
  const saleId = (state.attempts[attemptId] ?? store.loadAttempt(attemptId))?.saleId;
  assert(saleId, `attempt ${attemptId} was found and is not there`);
  const loaded = withSaleLoaded(store, state, saleId);
  const attempt = loaded.attempts[attemptId];
  assert(attempt, `attempt ${attemptId} does not belong to its sale ${saleId}`);
  return evidenceOf(loaded, attempt);
}

/** Null: nobody asks. */
export function paymentsFoundView(engine: Pick<Engine, 'state' | 'ui'>, store: Store): PaymentsFound | null {
  const { askedPayments } = engine.ui;
  if (askedPayments === null) return null;
  const { asked, attemptIds, hasMore } = askedPayments;
  return { asked, hasMore, payments: attemptIds.map((attemptId) => evidenceView(engine, store, attemptId)) };
}

// Main scan: a code of ours for what is due, for the customer to scan. Pure.
import { assert } from '../assert.ts';
import { openPresented } from '../payment/presenting.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import { isRouteUp, routeOf, type Surroundings, type TillEvent } from './events.ts';
import { attemptsOf, currentSale, isBlocking, takesTender, walletDue_fen } from './queries.ts';
import { settleSale } from './settling.ts';
import type { TillState } from './state.ts';
import { openAttempt } from './tendering.ts';

type PresentAsked = Extract<TillEvent, { kind: 'presentAsked' }>;

/** The acquirer makes the code: without the line there is none. */
export function presentAsked(state: TillState, event: PresentAsked, surroundings: Surroundings): Transition {
  const sale = currentSale(state);
  if (sale === null || !takesTender(state, sale)) return refuse(state, 'E-SALE-02');
  if (attemptsOf(state, sale).some(isBlocking)) return refuse(state, 'E-SCAN-08');
  if (!isRouteUp(state, event.routeId)) return refuse(state, 'E-OFF-01');
  const { scheme, routeId, expiresAt_ms } = event;
  assert(walletDue_fen(state, sale) > 0, `sale ${sale.saleId} takes a tender with nothing due`);
  const { policy } = routeOf(surroundings, routeId);
  const step = openPresented(surroundings.now_ms, policy);
  const draft = draftFrom(state);
  const presented = { expiresAt_ms };
  openAttempt(
    draft,
    sale,
    { step, word: 'codeAsked', routeId, scheme, codeMask: '', codeHmac: '', presented },
    surroundings,
  );
  settleSale(draft, sale.saleId, surroundings);
  return draft.done();
}

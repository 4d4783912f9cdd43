// Deferred payments that ended without money: collected again on the counter, or written off by a manager. Pure.
import { own } from '../own.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { isCounterTaken, lostBy } from './queries.ts';
import { leaveCounter } from './selling.ts';
import { settleSale } from './settling.ts';
import type { TillState } from './state.ts';

/** Puts the sale back on the counter: what is due of it takes any tender, like a sale in the tender step. */
export function collectStarted(state: TillState, attemptId: string): Transition {
  const exception = own(state.exceptions, attemptId);
  if (!exception) return refuse(state, 'E-OFF-12');
  if (isCounterTaken(state)) return refuse(state, 'E-SHIFT-02');
  if (state.shift === null) return refuse(state, 'E-SALE-07');
  const draft: Draft = draftFrom(state);
  leaveCounter(draft);
  draft.record({ type: 'sale.collecting', body: { saleId: exception.saleId } });
  return draft.done();
}

export function writtenOff(
  state: TillState,
  event: Extract<TillEvent, { kind: 'writtenOff' }>,
  surroundings: Surroundings,
): Transition {
  const exception = own(state.exceptions, event.attemptId);
  if (!exception) return refuse(state, 'E-OFF-12');
  const { attemptId, reason, operatorId, approverId } = event;
  // Of a payment that was collected in part only the rest is lost.
  const amount_fen = lostBy(state).get(attemptId) ?? exception.amount_fen;
  if (event.missing_fen !== undefined && event.missing_fen !== amount_fen) return refuse(state, 'E-OFF-15');
  const draft = draftFrom(state);
  const body = { attemptId, how: 'writtenOff', amount_fen, reason, operatorId, approverId } as const;
  draft.record({ type: 'exception.closed', body: { ...body, at_ms: surroundings.now_ms } });
  settleSale(draft, exception.saleId, surroundings);
  return draft.done();
}

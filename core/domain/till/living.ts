// What of the till is alive: on the counter, parked, in doubt or owed, with all that belongs to it. The rest may leave memory. Pure.
import { isOpenGiveBack } from '../giveback/give-back.ts';
import { isOpenAttempt } from './queries.ts';
import type { TillState } from './state.ts';

function livingSaleIds(state: TillState): Set<string> {
  const saleIds = new Set<string>(state.parkedSaleIds);
  for (const attempt of Object.values(state.attempts))
    if (isOpenAttempt(attempt)) saleIds.add(attempt.saleId);
  for (const one of Object.values(state.giveBacks)) if (isOpenGiveBack(one)) saleIds.add(one.saleId);
  // What an exception still stands for depends on its whole sale.
  for (const { saleId } of Object.values(state.exceptions)) saleIds.add(saleId);
  if (state.currentSaleId !== null) saleIds.add(state.currentSaleId);
  const last = state.lastReceiptId === null ? undefined : state.receipts[state.lastReceiptId];
  if (last?.saleId) saleIds.add(last.saleId);
  return saleIds;
}

function only<Entity>(all: Record<string, Entity>, isKept: (one: Entity) => boolean): Record<string, Entity> {
  return Object.fromEntries(Object.entries(all).filter(([, one]) => isKept(one)));
}

/** Forgets what has ended: memory stays bounded however long the till runs. */
export function prune(state: TillState): TillState {
  const saleIds = livingSaleIds(state);
  const isKept =
    Object.keys(state.sales).every((saleId) => saleIds.has(saleId)) &&
    Object.values(state.receipts).every((one) => one.saleId !== null && saleIds.has(one.saleId));
  if (isKept) return state;
  return {
    ...state,
    sales: only(state.sales, (one) => saleIds.has(one.saleId)),
    attempts: only(state.attempts, (one) => saleIds.has(one.saleId)),
    giveBacks: only(state.giveBacks, (one) => saleIds.has(one.saleId)),
    // A slip that belongs to no sale is loaded again when its printing ends.
    receipts: only(state.receipts, (one) => one.saleId !== null && saleIds.has(one.saleId)),
  };
}

// What of the till is in memory: everything alive, and what an event about the past names. The rest stays on disk.
import { assert } from '../domain/assert.ts';
import { isGiveBackProven } from '../domain/giveback/machine.ts';
import type { GiveBack } from '../domain/giveback/give-back.ts';
import type { TillEvent } from '../domain/till/events.ts';
import { isOpenAttempt } from '../domain/till/queries.ts';
import type { Attempt, TillState } from '../domain/till/state.ts';
import type { Store } from '../ports/journal.ts';

/** The sale with all its attempts and give-backs. */
export function withSaleLoaded(store: Store, state: TillState, saleId: string): TillState {
  if (state.sales[saleId]) return state;
  const sale = store.loadSale(saleId);
  assert(sale, `sale ${saleId} is not in the database`);
  const attempts: Record<string, Attempt> = { ...state.attempts };
  for (const attemptId of sale.attemptIds) {
    const attempt = attempts[attemptId] ?? store.loadAttempt(attemptId);
    assert(attempt, `attempt ${attemptId} is not in the database`);
    attempts[attemptId] = attempt;
  }
  const giveBacks: Record<string, GiveBack> = { ...state.giveBacks };
  for (const one of store.giveBacksOf(saleId)) giveBacks[one.giveBackId] ??= one;
  return { ...state, sales: { ...state.sales, [saleId]: sale }, attempts, giveBacks };
}

function saleIdNamedBy(store: Store, state: TillState, event: TillEvent): string | null {
  if ('attemptId' in event) {
    const attempt = state.attempts[event.attemptId] ?? store.loadAttempt(event.attemptId);
    return attempt?.saleId ?? null;
  }
  if ('giveBackId' in event) {
    const giveBack = state.giveBacks[event.giveBackId] ?? store.loadGiveBack(event.giveBackId);
    return giveBack?.saleId ?? null;
  }
  return 'saleId' in event && store.loadSale(event.saleId) ? event.saleId : null;
}

/** Loads what an event about the past names: an answer may come long after its sale has left memory. */
export function hydrate(store: Store, state: TillState, event: TillEvent): TillState {
  let next = state;
  const saleId = saleIdNamedBy(store, next, event);
  if (saleId !== null) next = withSaleLoaded(store, next, saleId);
  const saleReceiptId = saleId === null ? null : (next.sales[saleId]?.receiptId ?? null);
  const receiptId = 'receiptId' in event ? event.receiptId : saleReceiptId;
  if (receiptId === null || next.receipts[receiptId]) return next;
  const receipt = store.loadReceipt(receiptId);
  return receipt ? { ...next, receipts: { ...next.receipts, [receiptId]: receipt } } : next;
}

function isAlive(one: GiveBack): boolean {
  const isOwed = one.machine.state.kind === 'failed' && one.method === 'refund' && !one.paidInCash;
  return !isGiveBackProven(one.machine.state) || isOwed;
}

function livingSaleIds(state: TillState): Set<string> {
  const saleIds = new Set<string>(state.parkedSaleIds);
  for (const attempt of Object.values(state.attempts))
    if (isOpenAttempt(attempt)) saleIds.add(attempt.saleId);
  for (const one of Object.values(state.giveBacks)) if (isAlive(one)) saleIds.add(one.saleId);
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

// What of the till is in memory: everything alive (domain/till/living.ts), and what an event about the past names.
import { assert } from '../domain/assert.ts';
import type { GiveBack } from '../domain/giveback/give-back.ts';
import type { TillEvent } from '../domain/till/events.ts';
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

/** Of a give-back that a bill names, and that may have ended long ago. */
function saleIdOfFinding(store: Store, event: Extract<TillEvent, { kind: 'findingSettled' }>): string | null {
  const { orderNumber, refundNumber } = event.finding;
  if (refundNumber === undefined) return null;
  const found = store.attemptsNaming(orderNumber).find((one) => one.orderNumber === orderNumber);
  return found?.saleId ?? null;
}

function saleIdNamedBy(store: Store, state: TillState, event: TillEvent): string | null {
  if (event.kind === 'findingSettled') return saleIdOfFinding(store, event);
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

function isSlipAsked({ kind }: TillEvent): boolean {
  return kind === 'evidenceAsked' || kind === 'codePrintAsked';
}

/** Papers that are drawn from no sale leave memory while they wait for the printer. */
function withWaitingPapers(store: Store, state: TillState): TillState {
  const receipts = { ...state.receipts };
  for (const { kind, reference } of store.openRows()) {
    const receipt = kind === 'print' && !receipts[reference] ? store.loadReceipt(reference) : null;
    if (receipt) receipts[reference] = receipt;
  }
  return { ...state, receipts };
}

function withReceiptLoaded(store: Store, state: TillState, receiptId: string | null | undefined): TillState {
  if (receiptId === null || receiptId === undefined || state.receipts[receiptId]) return state;
  const receipt = store.loadReceipt(receiptId);
  return receipt ? { ...state, receipts: { ...state.receipts, [receiptId]: receipt } } : state;
}

/** Loads what an event about the past names: an answer may come long after its sale has left memory. */
export function hydrate(store: Store, state: TillState, event: TillEvent): TillState {
  let next = isSlipAsked(event) ? withWaitingPapers(store, state) : state;
  const saleId = saleIdNamedBy(store, next, event);
  if (saleId !== null) next = withSaleLoaded(store, next, saleId);
  const named = 'receiptId' in event ? event.receiptId : next.sales[saleId ?? '']?.receiptId;
  // The sale on the counter may be one that is collected anew: its receipt is printed again when it is paid, and asked for when it has left.
  const shown = next.sales[next.currentSaleId ?? '']?.receiptId;
  return withReceiptLoaded(store, withReceiptLoaded(store, next, named), shown);
}

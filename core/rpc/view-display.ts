// The customer's screen of the engine's state. It is built from nothing but these few fields, so that there is nothing to leak. Pure.
import type { DisplayShow, DisplayView } from '../../contract/display.ts';
import { itemCount, newestCash, type Sale, saleTotal_fen } from '../domain/sale/sale.ts';
import {
  attemptsOf,
  currentSale,
  due_fen,
  isBlocking,
  isDeferredOpen,
  takesTender,
} from '../domain/till/queries.ts';
import type { TillState } from '../domain/till/state.ts';
import { codeShown } from './view-sale.ts';
import type { ViewSettings } from './view-settings.ts';

function codeOf(state: TillState, sale: Sale): DisplayShow | null {
  const attempt = attemptsOf(state, sale).at(-1);
  const code = attempt === undefined ? null : codeShown(attempt);
  if (attempt === undefined || code === null) return null;
  return { kind: 'code', scheme: attempt.scheme, amount_fen: attempt.amount_fen, ...code };
}

function saleOf(state: TillState, sale: Sale): DisplayShow {
  return {
    kind: 'sale',
    itemCount: itemCount(sale),
    total_fen: saleTotal_fen(sale),
    due_fen: Math.max(0, due_fen(state, sale)),
    isToPay: takesTender(state, sale),
    // Also one that is closed or reversed: no other code is taken beside it, and cash is for the cashier to ask for.
    isWorking: attemptsOf(state, sale).some(isBlocking),
  };
}

type Ending = { amount_fen: number; change_fen: number | null; at_ms: number };

/** Goods that had gone were paid for again by a wallet, just now: the sale itself ended long ago. Null: that is not how it ended. */
function collectedAgain(state: TillState, sale: Sale): Ending | null {
  const attempt = attemptsOf(state, sale).at(-1);
  if (attempt?.collects !== true) return null;
  const isPaid = attempt.machine.state.kind === 'approved';
  if (!isPaid && !isDeferredOpen(attempt)) return null;
  const paid = isPaid ? attempt.story.findLast(({ what }) => what === 'approved') : undefined;
  return {
    amount_fen: attempt.amount_fen - attempt.surplus_fen,
    change_fen: null,
    at_ms: paid?.at_ms ?? attempt.openedAt_ms,
  };
}

function endingOf(sale: Sale): Ending {
  return {
    amount_fen: saleTotal_fen(sale) - (sale.cash?.rounding_fen ?? 0),
    change_fen: newestCash(sale)?.change_fen ?? null,
    at_ms: sale.completedAt_ms ?? sale.openedAt_ms,
  };
}

/** A sale that is dropped, parked or returned is the shop's business, and leaves the screen quiet. */
function showOf(state: TillState): DisplayShow {
  const sale = currentSale(state);
  if (sale === null || sale.lines.length === 0) return { kind: 'idle' };
  if (sale.state === 'open' || takesTender(state, sale)) {
    return codeOf(state, sale) ?? saleOf(state, sale);
  }
  const { change_fen, ...ended } = collectedAgain(state, sale) ?? endingOf(sale);
  if (sale.state === 'completedPending') return { kind: 'pending', ...ended };
  return sale.state === 'completed' ? { kind: 'paid', ...ended, change_fen } : { kind: 'idle' };
}

export function displayView(
  state: TillState,
  settings: Pick<ViewSettings, 'store'>,
  now_ms: number,
): DisplayView {
  const { name_zh, name_en } = settings.store;
  return { now_ms, store: { name_zh, name_en }, show: showOf(state) };
}

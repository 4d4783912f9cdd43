// The customer's screen of the engine's state. It is built from nothing but these few fields, so that there is nothing to leak. Pure.
import type { DisplayShow, DisplayView } from '../../contract/display.ts';
import { itemCount, type Sale, saleTotal_fen } from '../domain/sale/sale.ts';
import { attemptsOf, currentSale, due_fen, isBlocking, takesTender } from '../domain/till/queries.ts';
import type { TillState } from '../domain/till/state.ts';
import { codeShown } from './view-sale.ts';
import type { ViewSettings } from './view-settings.ts';

function codeOf(state: TillState, sale: Sale): DisplayShow | null {
  const attempt = attemptsOf(state, sale).at(-1);
  const code = attempt === undefined ? null : codeShown(attempt);
  if (attempt === undefined || code === null) return null;
  return { kind: 'code', amount_fen: attempt.amount_fen, ...code };
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

/** A sale that is dropped, parked or returned is the shop's business, and leaves the screen quiet. */
function showOf(state: TillState): DisplayShow {
  const sale = currentSale(state);
  if (sale === null || sale.lines.length === 0) return { kind: 'idle' };
  if (sale.state === 'open' || takesTender(state, sale)) {
    return codeOf(state, sale) ?? saleOf(state, sale);
  }
  const amount_fen = saleTotal_fen(sale) - (sale.cash?.rounding_fen ?? 0);
  const at_ms = sale.completedAt_ms ?? sale.openedAt_ms;
  if (sale.state === 'completedPending') return { kind: 'pending', amount_fen, at_ms };
  if (sale.state !== 'completed') return { kind: 'idle' };
  return { kind: 'paid', amount_fen, change_fen: sale.cash?.change_fen ?? null, at_ms };
}

export function displayView(
  state: TillState,
  settings: Pick<ViewSettings, 'store'>,
  now_ms: number,
): DisplayView {
  const { name_zh, name_en } = settings.store;
  return { now_ms, store: { name_zh, name_en }, show: showOf(state) };
}

// Goods and the steps of a sale before and after its payments. Pure.
import { AMOUNT_LIMIT_fen } from '../money.ts';
import { type Goods, LINES_LIMIT, QUANTITY_LIMIT, type Sale, saleTotal_fen } from '../sale/sale.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings } from './events.ts';
import { attemptsOf, covered_fen, currentSale, isBlocking } from './queries.ts';
import type { TillState } from './state.ts';

const endedStates: ReadonlySet<Sale['state']> = new Set(['completed', 'completedPending', 'cancelled']);

/** The sale that goods go into: the open one, or a new one when the last has ended. */
function openSale(draft: Draft, operatorId: string, surroundings: Surroundings): Sale {
  const sale = currentSale(draft.state);
  if (sale?.state === 'open') return sale;
  if (sale) draft.record({ type: 'sale.left', body: { saleId: sale.saleId } });
  const number = (draft.state.counters.sale + 1).toString(36).toUpperCase().padStart(6, '0');
  const saleId = `S${draft.state.epoch.toString(36).toUpperCase().padStart(3, '0')}${number}`;
  draft.record({ type: 'sale.opened', body: { saleId, operatorId, at_ms: surroundings.now_ms } });
  const opened = currentSale(draft.state);
  if (opened === null) throw new Error('unreachable: a sale was just opened');
  return opened;
}

export function goodsEntered(state: TillState, goods: Goods, surroundings: Surroundings): Transition {
  if (state.operatorId === null) return refuse(state, 'E-AUTH-02');
  const before = currentSale(state);
  if (before && before.state === 'tendering') return refuse(state, 'E-SCAN-06');
  const draft = draftFrom(state);
  const sale = openSale(draft, state.operatorId, surroundings);
  if (saleTotal_fen(sale) + goods.price_fen > AMOUNT_LIMIT_fen) return refuse(state, 'E-SALE-05');
  const same = sale.lines.find(
    (line) => line.barcode === goods.barcode && line.price_fen === goods.price_fen,
  );
  if (same) {
    if (same.quantity >= QUANTITY_LIMIT) return refuse(state, 'E-SALE-05');
    const body = { saleId: sale.saleId, lineId: same.lineId, quantity: same.quantity + 1 };
    draft.record({ type: 'sale.quantitySet', body });
    return draft.done();
  }
  if (sale.lines.length >= LINES_LIMIT) return refuse(state, 'E-SALE-05');
  const lineId = `L${draft.state.counters.line + 1}`;
  draft.record({ type: 'sale.lineAdded', body: { saleId: sale.saleId, lineId, goods, quantity: 1 } });
  return draft.done();
}

export function quantitySet(state: TillState, lineId: string, quantity: number): Transition {
  const sale = currentSale(state);
  const line = sale?.lines.find((one) => one.lineId === lineId);
  if (sale?.state !== 'open' || !line) return refuse(state, 'E-SALE-02');
  const isCount = Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_LIMIT;
  if (!isCount) return refuse(state, 'E-SALE-05');
  const total_fen = saleTotal_fen(sale) + line.price_fen * (quantity - line.quantity);
  if (total_fen > AMOUNT_LIMIT_fen) return refuse(state, 'E-SALE-05');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.quantitySet', body: { saleId: sale.saleId, lineId, quantity } });
  return draft.done();
}

export function lineRemoved(state: TillState, lineId: string): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'open' || !sale.lines.some((line) => line.lineId === lineId))
    return refuse(state, 'E-SALE-02');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.lineRemoved', body: { saleId: sale.saleId, lineId } });
  return draft.done();
}

export function tenderStarted(state: TillState): Transition {
  const sale = currentSale(state);
  if (sale?.state !== 'open') return refuse(state, 'E-SALE-02');
  if (saleTotal_fen(sale) <= 0) return refuse(state, 'E-SALE-01');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.tendering', body: { saleId: sale.saleId } });
  return draft.done();
}

/** Back to the goods, or the whole sale dropped: only while nothing is paid and nothing is in doubt. */
export function leaveTender(state: TillState, to: 'sale.reopened' | 'sale.cancelled'): Transition {
  const sale = currentSale(state);
  if (!sale || endedStates.has(sale.state)) return refuse(state, 'E-SALE-02');
  if (to === 'sale.reopened' && sale.state !== 'tendering') return refuse(state, 'E-SALE-02');
  const attempts = attemptsOf(state, sale);
  if (attempts.some(isBlocking)) return refuse(state, 'E-SALE-03');
  if (attempts.some((attempt) => covered_fen(attempt) > 0)) return refuse(state, 'E-SALE-04');
  const draft = draftFrom(state);
  draft.record({ type: to, body: { saleId: sale.saleId } });
  return draft.done();
}

export function saleLeft(state: TillState): Transition {
  const sale = currentSale(state);
  if (!sale || !endedStates.has(sale.state)) return refuse(state, 'E-SALE-02');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.left', body: { saleId: sale.saleId } });
  return draft.done();
}

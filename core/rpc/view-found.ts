// A sold sale as the return screen shows it: what can come back, what it gives back, and which tenders hold how much.
import type { SaleFound } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import { saleTotal_fen, type Sale } from '../domain/sale/sale.ts';
import { paid_fen, returnedShare } from '../domain/sale/settled.ts';
import { attemptsOf, covered_fen, returnable_fen } from '../domain/till/queries.ts';
import { terminalOf } from '../domain/till/ids.ts';
import { returnRefusal } from '../domain/till/returns.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import { withSaleLoaded } from '../engine/living.ts';
import type { Ui } from '../engine/ui.ts';
import type { Store } from '../ports/journal.ts';
import { giveBackView, isShown } from './view-give-backs.ts';

function linesOf(sale: Sale): SaleFound['lines'] {
  return sale.settled.flatMap((settled) => {
    const line = sale.lines.find((one) => one.lineId === settled.lineId);
    if (!line) return [];
    const returned = sale.returned[settled.lineId] ?? 0;
    const left = settled.quantity - returned;
    const back_fen = Array.from({ length: left }, (_, index) =>
      paid_fen([returnedShare(settled, returned, index + 1)]),
    );
    return [
      {
        lineId: settled.lineId,
        name_zh: line.name_zh,
        name_en: line.name_en,
        unit: line.unit,
        quantity: settled.quantity,
        returned,
        unitPrice_fen: line.price_fen,
        paid_fen: settled.gross_fen - settled.rounding_fen,
        back_fen,
      },
    ];
  });
}

function tendersOf(state: TillState, sale: Sale): SaleFound['tenders'] {
  const wallets = attemptsOf(state, sale)
    .filter((one) => one.machine.state.kind === 'approved' && covered_fen(one) > 0)
    .map((one) => ({
      tender: one.attemptId,
      scheme: one.scheme,
      amount_fen: one.amount_fen,
      left_fen: returnable_fen(state, one),
    }));
  if (sale.cash === null) return wallets;
  const { amount_fen } = sale.cash;
  return [
    ...wallets,
    { tender: 'cash', scheme: null, amount_fen, left_fen: amount_fen - sale.cashReturned_fen },
  ];
}

function returnedBefore_fen(sale: Sale): number {
  const back = sale.settled.flatMap((line) => {
    const returned = sale.returned[line.lineId] ?? 0;
    return returned === 0 ? [] : [returnedShare(line, 0, returned)];
  });
  return paid_fen(back);
}

/**
 * What stands on the receipt of this very sale. The terminal as it was called then, where a payment still tells: the code may have been
 * changed since.
 */
function paperOf(state: TillState, sale: Sale, terminalCode: string): SaleFound['paper'] {
  const [first] = attemptsOf(state, sale);
  return {
    terminalCode: first === undefined ? terminalCode : terminalOf(first.orderNumber),
    total_fen: saleTotal_fen(sale) - (sale.cash?.rounding_fen ?? 0),
  };
}

/** What was found last; null: nothing. */
export function foundSaleView(
  engine: Pick<Engine, 'state' | 'ui'>,
  store: Store,
  terminalCode: string,
): SaleFound | null {
  const { foundSale } = engine.ui;
  return foundSale === null ? null : foundView(engine, store, foundSale, terminalCode);
}

/** The sale must have been sold: it has a receipt. */
function foundView(
  engine: Pick<Engine, 'state'>,
  store: Store,
  { saleId, isUnsure }: NonNullable<Ui['foundSale']>,
  terminalCode: string,
): SaleFound {
  const state = withSaleLoaded(store, engine.state, saleId);
  const sale = state.sales[saleId];
  assert(sale && sale.receiptId !== null && sale.receiptNumber !== null, `sale ${saleId} was never sold`);
  const { receiptId, receiptNumber } = sale;
  return {
    saleId,
    receiptId,
    receiptNumber,
    state: sale.state,
    completedAt_ms: sale.completedAt_ms ?? sale.openedAt_ms,
    total_fen: saleTotal_fen(sale),
    lines: linesOf(sale),
    tenders: tendersOf(state, sale),
    returnedBefore_fen: returnedBefore_fen(sale),
    giveBacks: Object.values(state.giveBacks)
      .filter((one) => one.saleId === saleId && isShown(one))
      .map((one) => giveBackView(one, receiptNumber)),
    refusal: returnRefusal(state, sale),
    isUnsure,
    paper: paperOf(state, sale, terminalCode),
  };
}

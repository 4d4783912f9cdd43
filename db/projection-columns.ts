// The columns of each projection's row beside its JSON body: what is searched, as written and as verified.
import { assert } from '../core/domain/assert.ts';
import { type GiveBack, isOpenGiveBack } from '../core/domain/giveback/give-back.ts';
import { isProven } from '../core/domain/payment/state.ts';
import { type Sale, saleTotal_fen } from '../core/domain/sale/sale.ts';
import { paysFor } from '../core/domain/till/queries.ts';
import type { TillDocument } from '../core/domain/till/documents.ts';
import type { Attempt, Receipt, TillState } from '../core/domain/till/state.ts';

/** The scalar part of the state: everything but the entities and the period, which have rows of their own. */
export type TillRow = Omit<TillState, 'sales' | 'attempts' | 'receipts' | 'giveBacks' | 'period'>;

export function scalarsOf(state: TillState): TillRow {
  const {
    sales: _sales,
    attempts: _attempts,
    receipts: _receipts,
    giveBacks: _giveBacks,
    period: _period,
    ...scalars
  } = state;
  return scalars;
}

/** The columns of an attempt's row, as written and as verified. */
export function attemptColumns(attempt: Attempt): (string | number)[] {
  const { state, deferred } = attempt.machine;
  return [
    attempt.attemptId,
    attempt.orderNumber,
    attempt.saleId,
    state.kind,
    isProven(state) ? 1 : 0,
    deferred ? 1 : 0,
    attempt.amount_fen,
    attempt.codeHmac,
  ];
}

export function saleColumns(sale: Sale): (string | null)[] {
  return [sale.saleId, sale.state, sale.receiptNumber];
}

/** The whole; in cash also what is left of it after 抹零, and the cash itself. */
function cashSums_fen(sale: Sale): number[] {
  const total_fen = saleTotal_fen(sale);
  return sale.cash === null
    ? [total_fen]
    : [total_fen, total_fen - sale.cash.rounding_fen, sale.cash.amount_fen];
}

/** What a sold sale is browsed by: what it cost and how it was paid, not how that was tried. Null before it has its receipt number. */
export function soldColumns(
  sale: Sale,
  attemptOf: (attemptId: string) => Attempt | undefined,
): (string | number)[] | null {
  if (sale.receiptNumber === null) return null;
  const attempts = sale.attemptIds.flatMap((attemptId) => attemptOf(attemptId) ?? []);
  assert(attempts.length === sale.attemptIds.length, `sale ${sale.saleId} is written without its payments`);
  const number = Number(sale.receiptNumber);
  assert(Number.isSafeInteger(number), `sale ${sale.saleId} has no receipt number but ${sale.receiptNumber}`);
  const paying = attempts.filter(paysFor);
  const spaced = (words: readonly (string | number)[]) => ` ${words.map((word) => `${word} `).join('')}`;
  return [
    number,
    sale.saleId,
    sale.completedAt_ms ?? sale.openedAt_ms,
    spaced([...cashSums_fen(sale), ...paying.map(({ amount_fen }) => amount_fen)]),
    spaced([...(sale.cash === null ? [] : ['CASH']), ...paying.map(({ scheme }) => scheme)]),
  ];
}

export function receiptColumns(receipt: Receipt): string[] {
  return [receipt.receiptId, receipt.number, receipt.kind, receipt.subject];
}

/** Open: unproven, or failed and nobody has paid it out. */
export function giveBackColumns(one: GiveBack): (string | number)[] {
  const { state } = one.machine;
  return [
    one.giveBackId,
    one.requestNumber,
    one.saleId,
    state.kind,
    isOpenGiveBack(one) ? 1 : 0,
    one.amount_fen,
  ];
}

export function documentColumns(one: TillDocument, sequence: number): (string | number | null)[] {
  return [one.documentId, one.kind, one.number, one.saleId, sequence];
}

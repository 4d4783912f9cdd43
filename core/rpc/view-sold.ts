// Sold sales as a list, for a customer who comes back without his receipt: by time, sum and wallet, newest first.
import type { CommandParams } from '../../contract/commands.ts';
import { SOLD_rows, type SoldFound, type SoldRow } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import { isProven } from '../domain/payment/state.ts';
import { saleTotal_fen } from '../domain/sale/sale.ts';
import { attemptsOf } from '../domain/till/queries.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import { withSaleLoaded } from '../engine/living.ts';
import type { Store } from '../ports/journal.ts';

/** What was paid by it, or may yet be: a declined one says nothing of the sale. */
function paysFor({ machine: { state } }: Attempt): boolean {
  return state.kind === 'approved' || !isProven(state);
}

function rowOf({ state }: Pick<Engine, 'state'>, store: Store, saleId: string): SoldRow {
  const loaded = withSaleLoaded(store, state, saleId);
  const sale = loaded.sales[saleId];
  assert(sale && sale.receiptNumber !== null, `sale ${saleId} was never sold`);
  const paying = attemptsOf(loaded, sale).filter(paysFor);
  const wallets = paying.map(({ scheme, amount_fen }) => ({ scheme, amount_fen }));
  return {
    saleId,
    receiptNumber: sale.receiptNumber,
    completedAt_ms: sale.completedAt_ms ?? sale.openedAt_ms,
    total_fen: saleTotal_fen(sale),
    state: sale.state,
    tenders: sale.cash === null ? wallets : [...wallets, { scheme: null, amount_fen: sale.cash.amount_fen }],
    orderNumber: paying.at(-1)?.orderNumber ?? null,
  };
}

type Query = CommandParams<'sales.browse'>;

/** The rows that the database names were tried by this wallet or for this sum; these were paid so. */
function isMeant(row: SoldRow, { sum_fen, wallet }: Query): boolean {
  const isWallet =
    wallet === null ||
    row.tenders.some(({ scheme }) => (scheme === null ? wallet === 'CASH' : scheme === wallet));
  const isSum =
    sum_fen === null ||
    row.total_fen === sum_fen ||
    row.tenders.some(({ amount_fen }) => amount_fen === sum_fen);
  return isWallet && isSum;
}

export function soldView(engine: Pick<Engine, 'state'>, store: Store, query: Query): SoldFound {
  const rows: SoldRow[] = [];
  let before = query.before?.padStart(8, '0') ?? null;
  for (;;) {
    const saleIds = store.soldSaleIds({ ...query, before, limit: SOLD_rows + 1 });
    const page = saleIds.map((saleId) => rowOf(engine, store, saleId));
    rows.push(...page.filter((row) => isMeant(row, query)));
    before = page.at(-1)?.receiptNumber ?? before;
    if (rows.length > SOLD_rows || saleIds.length <= SOLD_rows)
      return { rows: rows.slice(0, SOLD_rows), hasMore: rows.length > SOLD_rows };
  }
}

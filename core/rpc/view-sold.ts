// Sold sales as a list, for a customer who comes back without his receipt: by time, sum and wallet, newest first.
import type { CommandParams } from '../../contract/commands.ts';
import { SOLD_rows, type SoldFound, type SoldRow } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import { saleTotal_fen } from '../domain/sale/sale.ts';
import { attemptsOf, paysFor } from '../domain/till/queries.ts';
import type { Engine } from '../engine/engine.ts';
import { withSaleLoaded } from '../engine/living.ts';
import type { Store } from '../ports/journal.ts';

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

export function soldView(engine: Pick<Engine, 'state'>, store: Store, query: Query): SoldFound {
  const saleIds = store.soldSaleIds({ ...query, limit: SOLD_rows + 1 });
  const rows = saleIds.slice(0, SOLD_rows).map((saleId) => rowOf(engine, store, saleId));
  return { rows, hasMore: saleIds.length > SOLD_rows };
}

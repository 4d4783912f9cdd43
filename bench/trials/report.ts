// X and Z at so many sales: what the manager waits for in the core, in turns with SQL over a covering index and with DuckDB over
// the same sales. All three must find the same count and amount.
import { join } from 'node:path';
import type { Store } from '../../core/ports/journal.ts';
import { openStore } from '../../db/store.ts';
import { type FoldedTill, openFoldedTill } from '../support/folded-till.ts';
import {
  type Groups,
  openDuckSales,
  openSqliteSales,
  type SalesDatabase,
} from '../support/sales-databases.ts';
import { customersOf, type SaleRow } from '../support/sell-many.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type ReportInput = {
  directory: string;
  sales: number;
  /** A Z after so many; the rest is in the open period. */
  perPeriod: number;
  rounds: number;
  seed: number;
};
/** Milliseconds. */
export type ReportResult = {
  records: number;
  heap_MB: number;
  z: number[];
  /** `x`: all that is waited for; `sealed`: the durable commit's part of it. */
  rounds: { x: number; sealed: number; sqlite: number; duck: number }[];
};

const CHUNK = 10_000;
const STARTED_ms = Date.parse('2026-11-23T00:00:00+08:00');

/** The store, and how long each of its commits took. */
function openTimedStore(directory: string): { store: Store; commits_ms: number[] } {
  const store = openStore(directory);
  const { commit } = store;
  const commits_ms: number[] = [];
  store.commit = (one) => {
    const started_ms = performance.now();
    const head = commit(one);
    commits_ms.push(performance.now() - started_ms);
    return head;
  };
  return { store, commits_ms };
}

function taken_ms(run: () => { ok: boolean }): number {
  const started_ms = performance.now();
  const taken = run();
  const took_ms = performance.now() - started_ms;
  if (!taken.ok) throw new Error(`the report was refused: ${JSON.stringify(taken)}`);
  return took_ms;
}

async function queried_ms(database: SalesDatabase, period: number, wanted: Groups): Promise<number> {
  const started_ms = performance.now();
  const found = await database.sumPeriod(period);
  const took_ms = performance.now() - started_ms;
  if (found.count !== wanted.count || found.amount_fen !== wanted.amount_fen)
    throw new Error(`found ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  return took_ms;
}

/** All sales; each Z timed. */
async function sellAll(input: ReportInput, till: FoldedTill, databases: readonly SalesDatabase[]) {
  const customers = customersOf(till, input.seed);
  const z: number[] = [];
  let rows: SaleRow[] = [];
  for (let sold = 1; sold <= input.sales; sold += 1) {
    rows.push(customers.sell());
    if (rows.length === CHUNK || sold === input.sales) {
      for (const database of databases) await database.add(rows);
      rows = [];
    }
    if (sold % input.perPeriod === 0 && sold < input.sales)
      z.push(taken_ms(() => till.closing.closeDay('chen', till.state.period.zNumber)));
  }
  return z;
}

async function measure(input: ReportInput): Promise<ReportResult> {
  const { store, commits_ms } = openTimedStore(join(input.directory, 'state'));
  const till = openFoldedTill(store, STARTED_ms);
  const sqlite = openSqliteSales(input.directory);
  const duck = openDuckSales(input.directory);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const z = await sellAll(input, till, [sqlite, duck]);
  globalThis.gc?.();
  const heap_MB = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  await sqlite.ready();
  await duck.ready();
  const { zNumber, sales } = till.state.period;
  const wanted = { count: sales.count, amount_fen: sales.gross_fen };
  const rounds: ReportResult['rounds'] = [];
  for (let round = -2; round < input.rounds; round += 1) {
    const x = taken_ms(() => till.closing.takeX('chen'));
    const measured = {
      x,
      sealed: commits_ms.at(-1) ?? 0,
      sqlite: await queried_ms(sqlite, zNumber, wanted),
      duck: await queried_ms(duck, zNumber, wanted),
    };
    if (round >= 0) rounds.push(measured);
  }
  z.push(taken_ms(() => till.closing.closeDay('chen', till.state.period.zNumber)));
  const [fault] = till.faults();
  if (fault !== undefined) throw new Error(`the second computation: ${fault}`);
  return { records: till.records, heap_MB, z, rounds };
}

trialResult(await measure(trialInput<ReportInput>()));

// The same sales in SQLite with a covering index, and in DuckDB: one statement that sums a period by everything a report names.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { requirePeer } from './peers.ts';
import type { SaleRow } from './sell-many.ts';

export type Groups = { count: number; amount_fen: number };
export type SalesDatabase = {
  add(rows: readonly SaleRow[]): Promise<void>;
  /** After all rows: what both can do to be fast. */
  ready(): Promise<void>;
  /** The sums over all groups of the answer, to see that it is the right one. */
  sumPeriod(period: number): Promise<Groups>;
};

const TABLE =
  'CREATE TABLE sale (period INTEGER, tender TEXT, wallet TEXT, cashier TEXT, hour INTEGER, items INTEGER, amount_fen INTEGER)';
const SUMS = `SELECT tender, wallet, cashier, hour, count(*) AS count, sum(items) AS items, sum(amount_fen) AS amount_fen
  FROM sale WHERE period = ? GROUP BY tender, wallet, cashier, hour ORDER BY tender, wallet, cashier, hour`;

function summed(groups: readonly Groups[]): Groups {
  return {
    count: groups.reduce((sum, one) => sum + one.count, 0),
    amount_fen: groups.reduce((sum, one) => sum + one.amount_fen, 0),
  };
}

export function openSqliteSales(directory: string): SalesDatabase {
  const sql = new Database(join(directory, 'sales.db'));
  sql.pragma('journal_mode = OFF');
  sql.pragma('synchronous = OFF');
  sql.exec(TABLE);
  const insert = sql.prepare('INSERT INTO sale VALUES (?, ?, ?, ?, ?, ?, ?)');
  const sums = () => sql.prepare(SUMS);
  let prepared: ReturnType<typeof sums> | null = null;
  return {
    add: async (rows) => {
      sql.exec('BEGIN');
      for (const row of rows) insert.run(...Object.values(row));
      sql.exec('COMMIT');
    },
    ready: async () => {
      sql.exec('CREATE INDEX covering ON sale (period, tender, wallet, cashier, hour, items, amount_fen)');
      sql.exec('ANALYZE');
      prepared = sums();
    },
    sumPeriod: async (period) => summed((prepared ?? sums()).all(period) as Groups[]),
  };
}

type Prepared = {
  bindInteger(index: number, value: number): void;
  runAndReadAll(): Promise<{ getRowObjects(): { count: bigint; amount_fen: bigint }[] }>;
};
type Connection = {
  run(sql: string): Promise<unknown>;
  prepare(sql: string): Promise<Prepared>;
};
type DuckModule = {
  DuckDBInstance: {
    create(file: string, options: object): Promise<{ connect(): Promise<Connection> }>;
  };
};

/** Two threads, in memory, columns as DuckDB keeps them. It is opened when all rows stand in a file for it. */
export function openDuckSales(directory: string): SalesDatabase {
  const { DuckDBInstance } = requirePeer('@duckdb/node-api') as DuckModule;
  const file = join(directory, 'sales.csv');
  let prepared: Prepared | null = null;
  return {
    add: async (rows) =>
      appendFileSync(file, rows.map((row) => `${Object.values(row).join(',')}\n`).join('')),
    ready: async () => {
      const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
      const connection = await instance.connect();
      await connection.run(TABLE);
      await connection.run(`COPY sale FROM '${file}' (FORMAT csv, HEADER false)`);
      prepared = await connection.prepare(SUMS);
    },
    sumPeriod: async (period) => {
      if (prepared === null) throw new Error('the rows are not loaded');
      prepared.bindInteger(1, period);
      const rows = (await prepared.runAndReadAll()).getRowObjects();
      return summed(rows.map((one) => ({ count: Number(one.count), amount_fen: Number(one.amount_fen) })));
    },
  };
}

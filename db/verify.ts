// Verifies a state directory from outside the engine: the chain, the head file, and that the projections are the journal's fold.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { evolve } from '../core/domain/till/evolve.ts';
import type { TillRecord } from '../core/domain/till/records.ts';
import { emptyTill, type TillState } from '../core/domain/till/state.ts';
import { type ChainFault, verifyChain } from './chain.ts';
import { readHeadFile } from './head-file.ts';
import { journalRows } from './journal.ts';
import { openSql, type Sql } from './open.ts';
import { HEAD_FILE, JOURNAL_FILE } from './store.ts';

export type Verification = {
  ok: boolean;
  records: number;
  head: string;
  fault: ChainFault | null;
  /** Projection rows that are not what the journal says. */
  differences: string[];
};

function foldOf(sql: Sql): TillState {
  let state = emptyTill;
  for (const row of journalRows(sql)) {
    state = evolve(state, { type: row.type, body: JSON.parse(row.body) } as TillRecord);
  }
  return state;
}

function compareRows(sql: Sql, table: string, key: string, expected: Record<string, unknown>): string[] {
  const rows = sql.prepare(`SELECT ${key} AS id, body FROM ${table} ORDER BY ${key}`).all() as {
    id: string;
    body: string;
  }[];
  const seen = new Set(rows.map((row) => row.id));
  const missing = Object.keys(expected).filter((id) => !seen.has(id));
  const different = rows.filter((row) => !isDeepStrictEqual(JSON.parse(row.body), asJson(expected[row.id])));
  return [...missing.map((id) => `${table} ${id} is missing`), ...different.map((row) => `${table} ${row.id} differs`)];
}

/** As it would come back from the disk. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function compareProjections(sql: Sql): string[] {
  const state = foldOf(sql);
  const { sales, attempts, receipts, ...scalars } = state;
  const till = sql.prepare('SELECT body FROM till WHERE id = 1').get() as { body: string } | undefined;
  const isSame = till === undefined || isDeepStrictEqual(JSON.parse(till.body), asJson(scalars));
  return [
    ...(isSame ? [] : ['till differs']),
    ...compareRows(sql, 'sale', 'sale_id', sales),
    ...compareRows(sql, 'attempt', 'attempt_id', attempts),
    ...compareRows(sql, 'receipt', 'receipt_id', receipts),
  ];
}

function tailFault(directory: string, head: { sequence: number; hash: string }): ChainFault | null {
  const known = readHeadFile(join(directory, HEAD_FILE));
  if (known === null || known.sequence <= head.sequence) return null;
  const detail = `the journal ends at record ${head.sequence}, record ${known.sequence} was written`;
  return { sequence: head.sequence + 1, problem: 'missing', detail };
}

/** Reads only. Works beside a running core. @throws DatabaseRefused when the file can't be read at all. */
export function verifyStateDirectory(directory: string): Verification {
  const sql = openSql(join(directory, JOURNAL_FILE), { readonly: true });
  try {
    const { fault, ...head } = verifyChain(journalRows(sql));
    const found = fault ?? tailFault(directory, head);
    const differences = fault === null ? compareProjections(sql) : [];
    const ok = found === null && differences.length === 0;
    return { ok, records: head.sequence, head: head.hash, fault: found, differences };
  } finally {
    sql.close();
  }
}

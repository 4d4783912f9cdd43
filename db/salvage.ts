// What can still be read of a journal that may be damaged: records in order, as far as the chain holds and the file can be read.
import Database from 'better-sqlite3';
import { GENESIS, isWhole, type JournalRow } from './chain.ts';
import type { Sql } from './open.ts';

export type SalvageEnd = {
  /** The last record that holds. */
  sequence: number;
  hash: string;
  /** Why it ends there; null: the journal ends there itself. */
  problem: string | null;
};

const PAGE_rows = 200;

function readError(error: unknown): string {
  if (error instanceof Database.SqliteError) return `${error.message} (${error.code})`;
  throw error;
}

function problemOf(row: JournalRow, last: { sequence: number; hash: string }): string | null {
  if (row.sequence !== last.sequence + 1)
    return `record ${last.sequence + 1} is missing, record ${row.sequence} follows`;
  return isWhole(last.hash, row) ? null : `record ${row.sequence} does not match its hash`;
}

/** Yields every record that holds; returns where that ended. Reads only. */
export function* soundRecords(sql: Sql): Generator<JournalRow, SalvageEnd> {
  let last: { sequence: number; hash: string } = { sequence: 0, hash: GENESIS };
  let limit = PAGE_rows;
  for (;;) {
    let rows: JournalRow[];
    try {
      rows = sql
        .prepare(
          'SELECT sequence, at, type, body, hash FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?',
        )
        .all(last.sequence, limit) as JournalRow[];
    } catch (error) {
      const problem = readError(error);
      if (limit === 1) return { ...last, problem };
      // Somewhere in this page of rows: one at a time up to it.
      limit = 1;
      continue;
    }
    if (rows.length === 0) return { ...last, problem: null };
    for (const row of rows) {
      const problem = problemOf(row, last);
      if (problem !== null) return { ...last, problem };
      last = { sequence: row.sequence, hash: row.hash };
      yield row;
    }
  }
}

/** Of a journal that is not needed record by record. */
export function soundEnd(sql: Sql): SalvageEnd & { epoch: number; firstHash: string | null } {
  let epoch = 0;
  let firstHash: string | null = null;
  const records = soundRecords(sql);
  for (;;) {
    const next = records.next();
    if (next.done === true) return { ...next.value, epoch, firstHash };
    const { type, body, hash } = next.value;
    firstHash ??= hash;
    if (type === 'till.installed' || type === 'till.restored')
      epoch = Math.max(epoch, (JSON.parse(body) as { epoch: number }).epoch);
  }
}

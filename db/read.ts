// Reads a till's journal and its open items from outside, beside a running core or without one. Never writes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExceptionRow } from '../core/ports/journal.ts';
import type { Attempt } from '../core/domain/till/state.ts';
import type { JournalRow } from './chain.ts';
import { DatabaseRefused } from './errors.ts';
import { journalRows } from './journal.ts';
import { openSql, type Sql } from './open.ts';
import { createExceptions } from './projections.ts';
import { JOURNAL_FILE } from './store.ts';

export type JournalReader = {
  /** All records after this one, in order. */
  records(after: number): Generator<JournalRow>;
  /** The records of X and Z reports, oldest first. */
  reports(): JournalRow[];
  /** Deferred payments whose outcome is not proven, oldest first. */
  queued(): Attempt[];
  exceptions(): ExceptionRow[];
  close(): void;
};

function queuedAttempts(sql: Sql): Attempt[] {
  const rows = sql
    .prepare('SELECT body FROM attempt WHERE proven = 0 AND deferred = 1 ORDER BY attempt_id')
    .all() as { body: string }[];
  return rows.map((row) => JSON.parse(row.body) as Attempt);
}

/** @throws DatabaseRefused when there is no journal, or none that can be read. */
export function openReader(directory: string): JournalReader {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) throw new DatabaseRefused('E-DB-06', `${directory} holds no journal`);
  const sql = openSql(file, { readonly: true });
  return {
    records: (after) => journalRows(sql, after),
    reports: () =>
      sql
        .prepare(
          "SELECT sequence, at, type, body, hash FROM journal WHERE type IN ('report.taken', 'day.closed') ORDER BY sequence",
        )
        .all() as JournalRow[],
    queued: () => queuedAttempts(sql),
    // Alone: of an older schema, which nobody has carried over yet, not every table is there.
    exceptions: () => createExceptions(sql)(),
    close: () => sql.close(),
  };
}

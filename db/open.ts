// How the product opens the journal. WAL, and then FULL explicitly: better-sqlite3 13 is built with NORMAL for
// WAL, which loses acknowledged commits at a power cut, and a read-back right after the switch lies (docs/invariants.md).
import Database from 'better-sqlite3';
import { DatabaseRefused } from './errors.ts';

export type Sql = Database.Database;
export type Statement = Database.Statement;

/**
 * Of SQLite's own cache, for each connection, instead of the 16 MB that better-sqlite3 is built with: a commit touches a few dozen pages, and what a
 * backup reads through on its way stayed in the memory of the till (docs/proof.md, "Soak").
 */
export const CACHE_KiB = 4096;

/** @throws DatabaseRefused E-DB-01 (damaged) or E-DB-06 (cannot be opened). */
export function openSql(file: string, options: { readonly: boolean } = { readonly: false }): Sql {
  try {
    const sql = new Database(file, { readonly: options.readonly, timeout: 2000 });
    if (!options.readonly) sql.pragma('journal_mode = WAL');
    sql.pragma('synchronous = FULL');
    sql.pragma(`cache_size = -${CACHE_KiB}`);
    sql.pragma('foreign_keys = ON');
    sql.pragma('secure_delete = ON');
    sql.pragma('trusted_schema = OFF');
    return sql;
  } catch (error) {
    throw refusalFor(error, file);
  }
}

/** Maps SQLite's result codes to what a till can say. */
export function refusalFor(error: unknown, file: string): DatabaseRefused {
  if (error instanceof DatabaseRefused) return error;
  const code = error instanceof Database.SqliteError ? error.code : '';
  const detail = `${file}: ${error instanceof Error ? error.message : String(error)} ${code}`.trim();
  const isDamaged = code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
  return new DatabaseRefused(isDamaged ? 'E-DB-01' : 'E-DB-06', detail, { cause: error });
}

/** @throws DatabaseRefused E-DB-01 with SQLite's first complaint. */
export function assertSound(sql: Sql, file: string): void {
  try {
    const complaint = sql.pragma('quick_check(1)', { simple: true });
    if (complaint !== 'ok') throw new DatabaseRefused('E-DB-01', `${file}: ${String(complaint)}`);
  } catch (error) {
    throw refusalFor(error, file);
  }
}

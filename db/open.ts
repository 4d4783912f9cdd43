// The only `new Database(...)` of the product. WAL, and then FULL explicitly: better-sqlite3 13 is built with NORMAL for
// WAL, which loses acknowledged commits at a power cut, and a read-back right after the switch lies (docs/invariants.md).
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { DatabaseRefused } from './errors.ts';

export type Sql = Database.Database;

const MAGIC = 'SQLite format 3\0';

/** A file that is not a database would be overwritten by nothing, but SQLite's own words for it are poor. */
function assertLooksLikeDatabase(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const start = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  if (start.toString('latin1') !== MAGIC) throw new DatabaseRefused('E-DB-01', `${file} does not begin like an SQLite database`);
}

/** @throws DatabaseRefused E-DB-01 (damaged) or E-DB-06 (cannot be opened). */
export function openSql(file: string, options: { readonly: boolean } = { readonly: false }): Sql {
  assertLooksLikeDatabase(file);
  try {
    const sql = new Database(file, { readonly: options.readonly, timeout: 2000 });
    if (!options.readonly) sql.pragma('journal_mode = WAL');
    sql.pragma('synchronous = FULL');
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

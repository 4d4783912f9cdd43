// One core per state directory: `lock.db` held in exclusive mode from before the journal opens until this process ends.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseRefused } from './errors.ts';

export type Lock = { release(): void };

function holderOf(directory: string): string {
  try {
    return readFileSync(join(directory, 'lock.holder'), 'utf8').trim();
  } catch (error) {
    return `unknown (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Only ever an empty file under a lock. What a bad disk put into it is no data: emptied in place, it stays the same lock. */
function isSpoilt(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT');
}

function lockFile(directory: string, file: string): Lock {
  const sql = new Database(file, { timeout: 0 });
  try {
    sql.pragma('locking_mode = EXCLUSIVE');
    sql.exec('BEGIN EXCLUSIVE');
    writeFileSync(join(directory, 'lock.holder'), `process ${process.pid}\n`);
    return { release: () => sql.close() };
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** Whoever holds the lock is told busy before SQLite reads a byte: a file that can be found spoilt is nobody's. */
function lockMended(directory: string, file: string): Lock {
  try {
    return lockFile(directory, file);
  } catch (error) {
    if (!isSpoilt(error)) throw error;
    truncateSync(file, 0);
    return lockFile(directory, file);
  }
}

/** @throws DatabaseRefused E-DB-05 naming the holder, E-DB-06 when there can be no lock. The kernel frees the lock when a process dies, however it dies. */
export function takeLock(directory: string): Lock {
  const file = join(directory, 'lock.db');
  try {
    return lockMended(directory, file);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DatabaseRefused('E-DB-05', `held by ${holderOf(directory)}`, { cause: error });
    }
    const detail = `${file}: ${error instanceof Error ? error.message : String(error)}`;
    throw new DatabaseRefused('E-DB-06', detail, { cause: error });
  }
}

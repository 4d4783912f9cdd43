// One core per state directory: `lock.db` held in exclusive mode from before the journal opens until this process ends.
import { readFileSync, writeFileSync } from 'node:fs';
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

/** @throws DatabaseRefused E-DB-05 naming the holder, E-DB-06 when there can be no lock. The kernel frees the lock when a process dies, however it dies. */
export function takeLock(directory: string): Lock {
  const file = join(directory, 'lock.db');
  let sql: Database.Database | null = null;
  try {
    const held = new Database(file, { timeout: 0 });
    sql = held;
    held.pragma('locking_mode = EXCLUSIVE');
    held.exec('BEGIN EXCLUSIVE');
    writeFileSync(join(directory, 'lock.holder'), `process ${process.pid}\n`);
    return { release: () => held.close() };
  } catch (error) {
    sql?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DatabaseRefused('E-DB-05', `held by ${holderOf(directory)}`, { cause: error });
    }
    const detail = `${file}: ${error instanceof Error ? error.message : String(error)}`;
    throw new DatabaseRefused('E-DB-06', detail, { cause: error });
  }
}

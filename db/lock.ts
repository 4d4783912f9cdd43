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

/** @throws DatabaseRefused E-DB-05 naming the holder. The kernel frees the lock when a process dies, however it dies. */
export function takeLock(directory: string): Lock {
  const sql = new Database(join(directory, 'lock.db'), { timeout: 0 });
  try {
    sql.pragma('locking_mode = EXCLUSIVE');
    sql.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    sql.close();
    throw new DatabaseRefused('E-DB-05', `held by ${holderOf(directory)}`, { cause: error });
  }
  writeFileSync(join(directory, 'lock.holder'), `process ${process.pid} since ${new Date().toISOString()}\n`);
  return { release: () => sql.close() };
}

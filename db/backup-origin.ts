// Whose journal a backup is a copy of: each begins with a record that no other till has.
import Database from 'better-sqlite3';
import { terminalOf } from '../core/domain/till/ids.ts';
import { DatabaseRefused } from './errors.ts';
import { openSql, type Sql } from './open.ts';

export type BackupOrigin = {
  /** Of the journal's first record. */
  firstHash: string;
  begunAt: string;
  /** What the till was called at its newest payment; null: it has none. */
  terminalCode: string | null;
};

const MARK_characters = 8;
/** Of a file that can't be read: nobody's. */
export const NO_MARK = '00000000';

/** Null: nothing can be read in it. */
export function originOf(file: string): BackupOrigin | null {
  try {
    const sql = openSql(file, { readonly: true });
    try {
      const first = sql.prepare('SELECT hash, at FROM journal WHERE sequence = 1').get();
      const newest = sql
        .prepare('SELECT order_number FROM attempt ORDER BY attempt_id DESC LIMIT 1')
        .pluck()
        .get();
      if (first === undefined) return null;
      const { hash, at } = first as { hash: string; at: string };
      return {
        firstHash: hash,
        begunAt: at,
        terminalCode: typeof newest === 'string' ? terminalOf(newest) : null,
      };
    } finally {
      sql.close();
    }
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof Database.SqliteError) return null;
    throw error;
  }
}

/** Short, for names: the same for a till and all its backups, before and after a restore. */
export function journalMark(file: string): string {
  return originOf(file)?.firstHash.slice(0, MARK_characters) ?? NO_MARK;
}

/** Of the journal's last record; 0 without one. */
export function epochIn(sql: Sql): number {
  const row = sql.prepare('SELECT body FROM till WHERE id = 1').get() as { body: string } | undefined;
  return row === undefined ? 0 : (JSON.parse(row.body) as { epoch: number }).epoch;
}

/** For a person who asks whose it is. */
export function originText(origin: BackupOrigin | null): string {
  if (origin === null) return 'its first record can not be read';
  const { terminalCode, begunAt } = origin;
  return `${terminalCode === null ? 'no payment yet' : `terminal ${terminalCode}`}, journal begun ${begunAt}`;
}

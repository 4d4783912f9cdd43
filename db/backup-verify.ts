// A backup is what verifies whole: SQLite's check of the file, the chain, every projection, and no ciphertext.
import Database from 'better-sqlite3';
import { epochIn } from './backup-origin.ts';
import { DatabaseRefused } from './errors.ts';
import { integrityFaults } from './integrity.ts';
import { openSql, refusalFor, type Sql } from './open.ts';
import { assertKnownVersion, SCHEMA_VERSION } from './migrate.ts';
import type { KnownHead } from './head-file.ts';
import { type Verification, verifyOpened } from './verify.ts';

export type BackupCheck = Verification & {
  /** ISO 8601 in UTC; null: an empty journal. */
  newestAt: string | null;
  epoch: number;
};

/** What SQLite finds wrong, and ciphertext where none may be. */
function faultsOf(sql: Sql): string[] {
  const found = integrityFaults(sql, 5);
  const { count } = sql.prepare('SELECT count(*) AS count FROM sealed_code').get() as { count: number };
  return count === 0 ? found : [...found, `${count} payment codes stand in it`];
}

function newestIn(sql: Sql): string | null {
  return (sql.prepare('SELECT max(at) AS at FROM journal').get() as { at: string | null }).at;
}

function checkOpened(sql: Sql, file: string, known: KnownHead | null): BackupCheck {
  const version = assertKnownVersion(sql, file);
  const faults = faultsOf(sql);
  if (version < SCHEMA_VERSION) faults.push(`schema ${version}: restore it with the program that made it`);
  const found = verifyOpened(sql, known);
  const differences = [...faults, ...found.differences];
  const ok = found.ok && faults.length === 0;
  return { ...found, ok, differences, newestAt: newestIn(sql), epoch: epochIn(sql) };
}

/**
 * `known`: a record that must be in it (the head file's, as it was before the copy was begun).
 * @throws DatabaseRefused when the file can't be read at all.
 */
export function verifyBackup(file: string, known: KnownHead | null = null): BackupCheck {
  let sql: Sql | null = null;
  try {
    sql = openSql(file, { readonly: true });
    return checkOpened(sql, file, known);
  } catch (error) {
    // A row that is no JSON any more is damage like any other.
    throw refusalFor(error, file);
  } finally {
    sql?.close();
  }
}

/** It was made before the program was brought up to date, which restores none of those. What can't be read is not known to be. */
export function isOfOlderSchema(file: string): boolean {
  try {
    const sql = openSql(file, { readonly: true });
    try {
      return Number(sql.pragma('user_version', { simple: true })) < SCHEMA_VERSION;
    } finally {
      sql.close();
    }
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof Database.SqliteError) return false;
    throw error;
  }
}

/** The first few words of what is wrong. */
export function faultText({ fault, differences }: Verification): string {
  const chain = fault === null ? [] : [`record ${fault.sequence} ${fault.problem}: ${fault.detail}`];
  return [...chain, ...differences].slice(0, 3).join('; ');
}

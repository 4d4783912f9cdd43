// Opens a journal that may be damaged for reading alone: a copy in a directory of its own, so that not even SQLite's own files
// beside it change. What lies there is evidence.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseRefused } from './errors.ts';
import { HEAD_FILE, readHeadFile } from './head-file.ts';
import { openSql, type Sql } from './open.ts';
import { JOURNAL_FILE } from './store.ts';

export type Salvage = {
  sql: Sql;
  /** What the head file says was written; null when it says nothing. */
  head: { sequence: number; hash: string } | null;
  close(): void;
};

/** Where it lies while that works (a long journal, a running core); else a copy. @throws DatabaseRefused when neither can be read. */
export function openForExport(directory: string): Salvage {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) throw new DatabaseRefused('E-DB-06', `${directory} holds no journal`);
  const head = readHeadFile(join(directory, HEAD_FILE));
  try {
    const sql = openSql(file, { readonly: true });
    return { sql, head, close: () => sql.close() };
  } catch (error) {
    if (error instanceof DatabaseRefused) return openForSalvage(directory);
    throw error;
  }
}

/** @throws DatabaseRefused when there is no journal, or not one page of it can be read. */
export function openForSalvage(directory: string): Salvage {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) throw new DatabaseRefused('E-DB-06', `${directory} holds no journal`);
  const head = readHeadFile(join(directory, HEAD_FILE));
  const aside = mkdtempSync(join(tmpdir(), 'yima-salvage-'));
  const copy = join(aside, JOURNAL_FILE);
  const drop = () => rmSync(aside, { recursive: true, force: true });
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const sql = openSql(copy);
    const close = () => {
      sql.close();
      drop();
    };
    return { sql, head, close };
  } catch (error) {
    drop();
    throw error;
  }
}

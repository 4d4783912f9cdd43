// Opens a journal that may be damaged for reading alone: a copy in a directory of its own, so that not even SQLite's own files
// beside it change. What lies there is evidence.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseRefused, isOfSystem } from './errors.ts';
import { HEAD_FILE, type KnownHead, readHeadFile } from './head-file.ts';
import { openSql, type Sql } from './open.ts';
import { JOURNAL_FILE } from './store.ts';

const COPY = 'yima-salvage-';

export type Salvage = {
  sql: Sql;
  /** What the head file says was written; null when it says nothing. */
  head: { sequence: number; hash: string } | null;
  close(): void;
};

/** Told of each file that the disk does not give. */
export type Unreadable = (problem: string) => void;

/** Null also when a bad sector lies under it: what the journal says is then all that there is. */
export function readDamagedHead(directory: string, unreadable: Unreadable): KnownHead | null {
  try {
    return readHeadFile(join(directory, HEAD_FILE));
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    unreadable(`${join(directory, HEAD_FILE)}: ${error.message}`);
    return null;
  }
}

/** Where it lies while that works (a long journal, a running core); else a copy. @throws DatabaseRefused when neither can be read, or the system's own error. */
export function openForExport(directory: string, unreadable: Unreadable): Salvage {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) throw new DatabaseRefused('E-DB-06', `${directory} holds no journal`);
  try {
    const sql = openSql(file, { readonly: true });
    return { sql, head: readDamagedHead(directory, unreadable), close: () => sql.close() };
  } catch (error) {
    if (error instanceof DatabaseRefused) return openForSalvage(directory, unreadable);
    throw error;
  }
}

function openCopy(file: string, under: string): Omit<Salvage, 'head'> {
  const aside = mkdtempSync(join(under, COPY));
  const drop = () => rmSync(aside, { recursive: true, force: true });
  const copy = join(aside, JOURNAL_FILE);
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const sql = openSql(copy);
    const close = () => {
      sql.close();
      drop();
    };
    return { sql, close };
  } catch (error) {
    drop();
    throw error;
  }
}

/**
 * `under`: where the copy may lie; the next one is tried where the system allows none. Beside a journal there is mostly room for another
 * one; where temporary files lie, mostly memory. @throws DatabaseRefused when there is no journal, or not one page of it can be read; the
 * system's own error when it gives no copy.
 */
export function openForSalvage(
  directory: string,
  unreadable: Unreadable,
  [first = tmpdir(), ...others]: readonly string[] = [directory, tmpdir()],
): Salvage {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) throw new DatabaseRefused('E-DB-06', `${directory} holds no journal`);
  try {
    const copy = openCopy(file, first);
    return { ...copy, head: readDamagedHead(directory, unreadable) };
  } catch (error) {
    if (isOfSystem(error) && others.length > 0) return openForSalvage(directory, unreadable, others);
    throw error;
  }
}

/** What a kill in the middle left. */
export function dropSalvageCopies(directory: string): void {
  for (const name of readdirSync(directory))
    if (name.startsWith(COPY)) rmSync(join(directory, name), { recursive: true });
}

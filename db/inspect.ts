// Looks at a journal before anything may write to it: damaged, from a newer program, or with its tail cut off.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseRefused } from './errors.ts';
import { HEAD_FILE, type KnownHead, readHeadFile } from './head-file.ts';
import { lostMark } from './lost-mark.ts';
import { assertKnownVersion } from './migrate.ts';
import { assertSound, refusalFor, type Sql } from './open.ts';

const MAGIC = 'SQLite format 3\0';

/** Never while this process has the file open in SQLite: closing a descriptor drops every POSIX lock of the process. */
function looksLikeDatabase(file: string): boolean {
  const start = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.toString('latin1') === MAGIC;
}

/**
 * Only the very first switch to WAL has a rollback journal. When the power goes in it, what stands in the file may be anything,
 * and SQLite takes it back as soon as somebody may write.
 */
const isBeingMade = (file: string): boolean => hasContent(`${file}-journal`);

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function hashAt(sql: Sql, sequence: number): string | undefined {
  const row = sql.prepare('SELECT hash FROM journal WHERE sequence = ?').get(sequence) as
    | { hash: string }
    | undefined;
  return row?.hash;
}

/** A journal that ends before the head file, or has another record there, has lost acknowledged commits. */
function assertTail(sql: Sql, known: KnownHead): void {
  const hasJournal = sql
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'journal'")
    .get();
  const end = hasJournal
    ? (sql.prepare('SELECT coalesce(max(sequence), 0) AS end FROM journal').get() as { end: number }).end
    : 0;
  if (end < known.sequence) throw tailLost(end, known);
  if (hashAt(sql, known.sequence) !== known.hash) {
    throw new DatabaseRefused('E-DB-04', `record ${known.sequence} is not the one that was written`);
  }
  const lost = lostMark(sql, known);
  if (lost !== null) throw new DatabaseRefused('E-DB-03', lost);
}

function tailLost(end: number, known: KnownHead): DatabaseRefused {
  return new DatabaseRefused(
    'E-DB-03',
    `the journal ends at record ${end}, but record ${known.sequence} was written`,
  );
}

/** A rollback journal is there, which only a writing connection can roll back. */
function needsWriter(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY');
}

/** Reads only. @throws DatabaseRefused E-DB-01, -02, -03, -04 or -06; the file is then as it was, byte for byte. */
export function assertMayOpen(directory: string, file: string): void {
  const known = readHeadFile(join(directory, HEAD_FILE));
  const isKnown = known !== null && known.sequence > 0;
  if (!existsSync(file) || statSync(file).size === 0) {
    if (isKnown) throw tailLost(0, known);
    return;
  }
  // Rolled back, a journal that had records would begin again at none.
  if (!isKnown && isBeingMade(file)) return;
  // A checkpoint may have been cut off in the first page, which then stands whole in the WAL: SQLite knows.
  if (!looksLikeDatabase(file) && !hasContent(`${file}-wal`))
    throw new DatabaseRefused('E-DB-01', `${file} does not begin like an SQLite database`);
  let sql: Sql | null = null;
  try {
    sql = new Database(file, { readonly: true, timeout: 2000 });
    assertSound(sql, file);
    assertKnownVersion(sql, file);
    if (isKnown) assertTail(sql, known);
  } catch (error) {
    if (isKnown || !needsWriter(error instanceof DatabaseRefused ? error.cause : error))
      throw refusalFor(error, file);
  } finally {
    sql?.close();
  }
}

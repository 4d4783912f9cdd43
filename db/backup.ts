// A verified backup: copied under a temporary name, opened, verified whole, synced, and only then given its name.
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyJournal } from './backup-copy.ts';
import {
  type BackupFile,
  backupName,
  dropPartials,
  listBackups,
  newestOwn,
  partialFile,
  pruneBackups,
} from './backup-files.ts';
import { journalMark } from './backup-origin.ts';
import { droppedText, makeRoom } from './backup-room.ts';
import { faultText, isOfOlderSchema, verifyBackup } from './backup-verify.ts';
import { syncNamesTo, syncPath } from './durable.ts';
import { DatabaseRefused } from './errors.ts';
import { HEAD_FILE, readHeadFile } from './head-file.ts';
import { integrityFaults } from './integrity.ts';
import { openSql } from './open.ts';
import { JOURNAL_FILE } from './store.ts';
import { assertMemoryFor } from './verify-memory.ts';

export type BackupWanted = {
  state: string;
  directory: string;
  keep: number;
  at: string;
  /** Of a thread that shares its process with a core; else the heap ends the program, and that is all it ends. */
  memory_MB?: number;
};

/** `E-BAK-01`: it could not be made (room, rights, disk). `E-BAK-02`: the journal itself does not verify. `dropped`: old ones, for room. */
export type BackupMade =
  | { ok: true; backup: BackupFile; dropped: number }
  | { ok: false; code: 'E-BAK-01' | 'E-BAK-02'; detail: string };

class NotMade extends Error {
  readonly code: 'E-BAK-01' | 'E-BAK-02';

  constructor(code: 'E-BAK-01' | 'E-BAK-02', detail: string) {
    super(detail);
    this.code = code;
  }
}

/** How many old ones had to go for it. */
function assertRoom(journal: string, directory: string, mark: string): number {
  const wal = `${journal}-wal`;
  const copy_bytes = statSync(journal).size + (existsSync(wal) ? statSync(wal).size : 0);
  const { free_bytes, needed_bytes, dropped } = makeRoom(directory, mark, copy_bytes);
  if (free_bytes >= needed_bytes) return dropped;
  const told = `${free_bytes} bytes free, ${needed_bytes} needed${droppedText(dropped)}`;
  throw new NotMade('E-BAK-01', `${directory}: ${told}`);
}

function copyAside(journal: string, partial: string, memory_MB = Infinity): void {
  const source = openSql(journal, { readonly: true });
  try {
    assertMemoryFor(source, memory_MB);
    // The copy's indexes are made anew: damage in the till's own would not show in it.
    const [fault] = integrityFaults(source, 1);
    if (fault !== undefined) throw new NotMade('E-BAK-02', `${journal}: ${fault}`);
    copyJournal(source, partial);
  } finally {
    source.close();
  }
}

type Made = { backup: BackupFile; dropped: number };

function make({ state, directory, keep, at, memory_MB }: BackupWanted): Made {
  const journal = join(state, JOURNAL_FILE);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const mark = journalMark(journal);
  dropPartials(directory, mark, Date.parse(at));
  const dropped = assertRoom(journal, directory, mark);
  // Before the copy: the journal only grows.
  const known = readHeadFile(join(state, HEAD_FILE));
  const partial = partialFile(directory, mark);
  copyAside(journal, partial, memory_MB);
  const found = verifyBackup(partial, known);
  if (!found.ok) {
    rmSync(partial);
    throw new NotMade('E-BAK-02', faultText(found));
  }
  syncPath(partial);
  // Before the first one has its name, so that no other start finds it there and leaves this out.
  if (listBackups(directory).length === 0) syncNamesTo(directory);
  const name = { mark, at, epoch: found.epoch, sequence: found.records };
  const file = join(directory, backupName(name));
  renameSync(partial, file);
  syncPath(directory);
  pruneBackups(directory, keep, { file, mark });
  return { backup: { file, ...name, size_bytes: statSync(file).size }, dropped };
}

/** Whatever goes wrong is an answer, not an end: the till goes on selling. */
export function makeBackup(wanted: BackupWanted): BackupMade {
  try {
    return { ok: true, ...make(wanted) };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    if (error instanceof NotMade) return { ok: false, code: error.code, detail: message };
    const isDamaged = error instanceof DatabaseRefused && error.code !== 'E-DB-06';
    return { ok: false, code: isDamaged ? 'E-BAK-02' : 'E-BAK-01', detail: message };
  }
}

export type NewestWanted = Pick<BackupWanted, 'state' | 'directory'>;

/**
 * Of this till: others may have theirs there. One of before an upgrade that raised the schema can't be restored any more, and counts as none: the
 * next one is due at once. A directory that can't be listed has none to show; the next backup says why.
 */
export function newestBackup({ state, directory }: NewestWanted): BackupFile | null {
  try {
    const newest = newestOwn(directory, journalMark(join(state, JOURNAL_FILE)));
    return newest === null || isOfOlderSchema(newest.file) ? null : newest;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
}

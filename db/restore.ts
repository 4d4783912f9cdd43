// Restores a state directory from a verified backup (docs/adr/0012-restore.md): nothing is deleted, the epoch is raised, the gap
// is journaled, and the first start asks about everything that was open before it sends anything.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { assert } from '../core/domain/assert.ts';
import { restored } from '../core/domain/till/restoring.ts';
import type { RestoredGap } from '../core/domain/till/records.ts';
import type { Store } from '../core/ports/journal.ts';
import { listBackups } from './backup-files.ts';
import { originOf, originText } from './backup-origin.ts';
import { faultText, verifyBackup } from './backup-verify.ts';
import { syncPath } from './durable.ts';
import { noteEpoch, notedEpoch, NoteSpoilt } from './epoch-note.ts';
import { DatabaseRefused, isOfSystem } from './errors.ts';
import { HEAD_FILE } from './head-file.ts';
import { openSql } from './open.ts';
import { markAllSent } from './outbox.ts';
import { clearRestoreMark, setRestoreMark, unfinishedRestore } from './restore-mark.ts';
import { soundEnd } from './salvage.ts';
import { dropSalvageCopies, openForSalvage, readDamagedHead, type Unreadable } from './salvage-open.ts';
import { claimStateDirectory, JOURNAL_FILE, openStore } from './store.ts';

export type RestoreWanted = {
  state: string;
  from: string;
  /** Milliseconds since 1970, of the wall clock. */
  now_ms: number;
  /** Said by a person who knows of a restore that left no trace here. */
  leastEpoch: number;
  /** A person says that the backup may be of another journal than the one that is there: the till was installed anew since. */
  isOtherJournal?: boolean;
};

export type RestoreDone = RestoredGap & {
  aside: string;
  /** What the disk did not give of the damaged files, for whoever restores. */
  unreadable: readonly string[];
};

/** Moved aside: the journal with its companions, sign-ins of before, and the recording that belongs to that journal. */
const MOVED = [
  `${JOURNAL_FILE}-shm`,
  `${JOURNAL_FILE}-wal`,
  `${JOURNAL_FILE}-journal`,
  JOURNAL_FILE,
  'tokens.json',
  'inputs',
  'ended-by-defect',
];
const STAGE = 'restoring';

/** `firstHash`: of its first record; null: not to be read. */
type Damaged = { readableTo: number | null; epoch: number; firstHash: string | null };

const nothingReadable: Damaged = { readableTo: null, epoch: 0, firstHash: null };

/**
 * What the damaged journal still says. Nothing at all is an answer too, of a bad sector as well: it is damaged. Its epoch then stands in
 * the notes, which each restore wrote before it began.
 */
function look(directory: string, unreadable: Unreadable): Damaged {
  const file = join(directory, JOURNAL_FILE);
  if (!existsSync(file)) return nothingReadable;
  try {
    const salvage = openForSalvage(directory, () => undefined);
    try {
      const { sequence, epoch, firstHash } = soundEnd(salvage.sql);
      return { readableTo: sequence, epoch, firstHash };
    } finally {
      salvage.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseRefused || isOfSystem(error))) throw error;
    unreadable(`${file}: ${error.message}`);
    return nothingReadable;
  }
}

/** A note that can't be read may name any epoch: then a person must. */
function noted(directory: string, leastEpoch: number, unreadable: Unreadable): number {
  try {
    return notedEpoch(directory);
  } catch (error) {
    if (!isOfSystem(error) && !(error instanceof NoteSpoilt)) throw error;
    const problem = `${directory}: the note of the last epoch can't be read (${error.message})`;
    if (leastEpoch === 1) throw new DatabaseRefused('E-DB-06', `${problem}: say --epoch`, { cause: error });
    unreadable(problem);
    return 0;
  }
}

/**
 * Another till's sales could then be returned here and there. Where the damaged journal says nothing of itself, the command tells
 * whose the backup is.
 */
function assertSameJournal({ from, isOtherJournal = false }: RestoreWanted, damaged: Damaged): void {
  const origin = originOf(from);
  if (isOtherJournal || damaged.firstHash === null || origin?.firstHash === damaged.firstHash) return;
  throw new DatabaseRefused('E-RST-04', `${from}: ${originText(origin)}`);
}

/** Above every epoch that any trace of this till names. */
function nextEpoch(
  backupEpoch: number,
  damaged: Damaged,
  { state, from, leastEpoch }: RestoreWanted,
  unreadable: Unreadable,
): number {
  const beside = dirname(resolve(from));
  const others = listBackups(beside).map((one) => one.epoch);
  const notes = [beside, state].map((directory) => noted(directory, leastEpoch, unreadable));
  const known = [backupEpoch, damaged.epoch, leastEpoch - 1, ...notes, ...others];
  return Math.max(...known) + 1;
}

function journalGap(store: Store, gap: RestoredGap, wanted: RestoreWanted): void {
  const none = new Set<string>();
  const { records, state } = restored(store.load(), { kind: 'restored', at_ms: wanted.now_ms, ...gap });
  store.commit({
    at: new Date(wanted.now_ms).toISOString(),
    records,
    state,
    saleIds: none,
    attemptIds: none,
    receiptIds: none,
    giveBackIds: none,
    closeRowIds: [],
    closeReferences: [],
    newRows: [],
    sealedCodes: [],
    eraseCodes: [],
  });
  // For the head file: the newest mark, which the journal may not lose again.
  store.markSent(
    store
      .openRows()
      .map(({ rowId }) => rowId)
      .slice(-1),
  );
}

/** Whatever waited in the backup may have gone since: papers come as copies, pulses not at all, requests are asked about. */
function markWaiting(file: string): void {
  const sql = openSql(file);
  try {
    markAllSent(sql);
  } finally {
    sql.close();
  }
}

/** The new journal, whole and synced, in a folder of its own. */
function stage(wanted: RestoreWanted, gap: RestoredGap): string {
  const folder = join(wanted.state, STAGE);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  copyFileSync(wanted.from, join(folder, JOURNAL_FILE));
  markWaiting(join(folder, JOURNAL_FILE));
  // The caller holds the lock of the directory that this one is for.
  const store = openStore(folder, { release: () => undefined });
  try {
    const head = store.head();
    assert(head.hash === gap.backup.hash, 'the copy ends where the backup was verified to end');
    journalGap(store, gap, wanted);
  } finally {
    store.close();
  }
  for (const name of [JOURNAL_FILE, HEAD_FILE, '.']) syncPath(join(folder, name));
  return folder;
}

/** What its head file says was written. One of before the backup's end was put back, and says nothing of what is lost. */
function lostIn(directory: string, backupEnd: number, unreadable: Unreadable): RestoredGap['lost'] {
  const head = readDamagedHead(directory, unreadable);
  return head === null || head.sequence < backupEnd ? null : { sequence: head.sequence, hash: head.hash };
}

/** Copied, so that one lies in its place until the new one does; what can't be read can be moved. */
function keepHead(head: string, aside: string): void {
  try {
    copyFileSync(head, aside);
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    rmSync(aside, { force: true });
    renameSync(head, aside);
  }
}

function moveAside(state: string, aside: string): void {
  const folder = join(state, aside);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const head = join(state, HEAD_FILE);
  if (existsSync(head)) keepHead(head, join(folder, HEAD_FILE));
  for (const name of MOVED) {
    if (existsSync(join(state, name))) renameSync(join(state, name), join(folder, name));
  }
  syncPath(folder);
}

function putInPlace(state: string, staged: string): void {
  renameSync(join(staged, JOURNAL_FILE), join(state, JOURNAL_FILE));
  renameSync(join(staged, HEAD_FILE), join(state, HEAD_FILE));
  syncPath(state);
  rmSync(staged, { recursive: true });
}

function freeName(state: string, now_ms: number): string {
  const name = `damaged-${new Date(now_ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  for (let count = 1; ; count += 1) {
    const found = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(join(state, found))) return found;
  }
}

/**
 * A journal whose WAL lies in another folder has lost its last records. So what an attempt before this one began to move goes
 * where the rest of it is; unless the new journal was put in place already, which is none of it.
 */
function finishMove(state: string, before: string | null): void {
  if (before === null || existsSync(join(state, before, JOURNAL_FILE))) return;
  if (existsSync(join(state, STAGE, JOURNAL_FILE))) moveAside(state, before);
}

/** An attempt before this one may have moved the damaged files away already. */
function placeOfDamaged(state: string, before: string | null): string {
  const moved = join(state, before ?? '.');
  return existsSync(join(moved, JOURNAL_FILE)) || existsSync(join(moved, HEAD_FILE)) ? moved : state;
}

function restoreHeld(wanted: RestoreWanted): RestoreDone {
  const { state, from } = wanted;
  const backup = verifyBackup(from);
  if (!backup.ok) throw new DatabaseRefused('E-DB-04', `${from}: ${faultText(backup)}`);
  if (backup.records === 0) throw new DatabaseRefused('E-DB-04', `${from} holds no record`);
  const before = unfinishedRestore(state);
  finishMove(state, before);
  dropSalvageCopies(state);
  const unreadable: string[] = [];
  const tell = (problem: string) => unreadable.push(problem);
  const damagedIn = placeOfDamaged(state, before);
  const damaged = look(damagedIn, tell);
  assertSameJournal(wanted, damaged);
  const epoch = nextEpoch(backup.epoch, damaged, wanted, tell);
  noteEpoch(dirname(resolve(from)), epoch);
  // Here, too: the next one may come from another place, and this journal may then be damaged before the record that says it.
  noteEpoch(state, epoch);
  const gap: RestoredGap = {
    epoch,
    backup: { sequence: backup.records, hash: backup.head },
    lost: lostIn(damagedIn, backup.records, tell),
    readableTo: damaged.readableTo,
  };
  const staged = stage(wanted, gap);
  const aside = freeName(state, wanted.now_ms);
  setRestoreMark(state, before ?? aside);
  moveAside(state, aside);
  putInPlace(state, staged);
  clearRestoreMark(state);
  return { ...gap, aside: join(state, before ?? aside), unreadable };
}

/** @throws DatabaseRefused: a core runs (E-DB-05), the backup does not verify (E-DB-04, -01) or is another's (E-RST-04), or the system's own error. */
export function restoreState(wanted: RestoreWanted): RestoreDone {
  const lock = claimStateDirectory(wanted.state);
  try {
    return restoreHeld(wanted);
  } finally {
    lock.release();
  }
}

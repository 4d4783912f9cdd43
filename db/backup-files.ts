// The backup directory: names that say when and how far, the newest first; old ones go, half ones of a crash too. Other tills may
// have theirs in it, and another program may be making one: what is theirs stays.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { journalMark } from './backup-origin.ts';

/** `mark`: of its journal. `at`: ISO 8601 in UTC. `sequence`: of the last record in it. Every file of such a name was verified whole when it got it. */
export type BackupFile = {
  file: string;
  mark: string;
  at: string;
  epoch: number;
  sequence: number;
  size_bytes: number;
};

/** Without a mark: of an older program. */
const NAME = /^yima-(?:([0-9a-f]{8})-)?e(\d{3,6})-(\d{9,15})-(\d{8}T\d{6}Z)\.db$/;
const PARTIAL = /^yima-(?:([0-9a-f]{8})-)?(\d+)\.partial(-journal)?$/;
/** The longest that a backup may take. */
const ABANDONED_after_ms = 24 * 60 * 60 * 1000;

function isoOf(compact: string): string {
  return compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
}

type Named = Pick<BackupFile, 'mark' | 'at' | 'epoch' | 'sequence'>;

export function backupName({ mark, at, epoch, sequence }: Named): string {
  const compact = `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `yima-${mark}-e${String(epoch).padStart(3, '0')}-${String(sequence).padStart(9, '0')}-${compact}.db`;
}

type InName = Omit<Named, 'mark'> & { file: string; mark: string | null };

/** What the names say, newest first: by how far they go and never by the clock, which may have been set back; none without a directory. */
function readNames(directory: string): InName[] {
  if (!existsSync(directory)) return [];
  const found = readdirSync(directory).flatMap((name) => {
    const [, mark = null, epoch, sequence, at] = NAME.exec(name) ?? [];
    if (at === undefined) return [];
    const counts = { epoch: Number(epoch), sequence: Number(sequence) };
    return [{ file: join(directory, name), mark, at: isoOf(at), ...counts }];
  });
  return found.toSorted((a, b) => b.epoch - a.epoch || b.sequence - a.sequence || (a.at < b.at ? 1 : -1));
}

/** Newest first, like their names. */
export function listBackups(directory: string): BackupFile[] {
  return readNames(directory).flatMap(({ mark, ...named }) => {
    const size_bytes = statSync(named.file, { throwIfNoEntry: false })?.size;
    return size_bytes === undefined ? [] : [{ ...named, mark: mark ?? journalMark(named.file), size_bytes }];
  });
}

/**
 * The newest backup of this very journal that goes further than it does. One of a lower epoch does not count: a restore has begun
 * anew before its end. Names are all that is read, of an older program's the first record too: a start waits for this.
 */
export function laterBackup(
  directory: string,
  own: Pick<BackupFile, 'mark' | 'epoch' | 'sequence'>,
): InName | null {
  const later = readNames(directory).filter(
    ({ epoch, sequence }) => epoch >= own.epoch && sequence > own.sequence,
  );
  return later.find(({ mark, file }) => (mark ?? journalMark(file)) === own.mark) ?? null;
}

/** Under this name a process makes its backup. `mark`: of its journal. */
export function partialFile(directory: string, mark: string, pid: number = process.pid): string {
  return join(directory, `yima-${mark}-${pid}.partial`);
}

/** A process of another user's may not be asked, and lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Only of its own journal does a till know the processes; this one begins anew. */
function isAbandoned(file: string, pid: number, isOwn: boolean, now_ms: number): boolean {
  if (isOwn && (pid === process.pid || !isAlive(pid))) return true;
  const written = statSync(file, { throwIfNoEntry: false });
  return written !== undefined && now_ms - written.mtimeMs > ABANDONED_after_ms;
}

/** What a crash in the middle of a backup left. */
export function dropPartials(directory: string, ownMark: string, now_ms: number): void {
  for (const name of readdirSync(directory)) {
    const [, mark, pid] = PARTIAL.exec(name) ?? [];
    const file = join(directory, name);
    if (pid === undefined) continue;
    if (mark === undefined || isAbandoned(file, Number(pid), mark === ownMark, now_ms))
      rmSync(file, { force: true });
  }
}

/** The newest backup of this very journal. */
export function newestOwn(directory: string, mark: string): BackupFile | null {
  return listBackups(directory).find((one) => one.mark === mark) ?? null;
}

/**
 * Keeps `made` and the newest ones of the same journal besides. It need not go furthest: a till that was restored counts from before, one
 * that began anew from one.
 */
export function pruneBackups(directory: string, keep: number, made: Pick<BackupFile, 'file' | 'mark'>): void {
  const others = listBackups(directory).filter(({ file, mark }) => mark === made.mark && file !== made.file);
  // Somebody beside us may have dropped it already.
  for (const { file } of others.slice(keep - 1)) rmSync(file, { force: true });
}

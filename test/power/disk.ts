// A disk as file systems promise it, and no better: what was synced is there; of all else any part may be. A name (made,
// changed, removed) is safe once its directory was synced. Fed with the entries of a write log.
import { basename, dirname } from 'node:path';
import { type Alteration, type Change, DiskView, type FileId, type Files } from './disk-view.ts';
import type { Entry } from './log.ts';

/** SQLite's index of the WAL is shared memory in a file: never written, rebuilt by whoever opens. */
const isLeftOut = (path: string): boolean => path.includes('-shm');

/** Every byte of it, by later writes that are safe. */
function isWrittenAgain(change: Change, later: readonly Change[]): boolean {
  if (change.kind !== 'write') return false;
  const end = change.offset + change.bytes.length;
  const own = later.filter(
    (one) => one.kind === 'write' && one.file === change.file && one.id > change.id && one.offset < end,
  ) as (Change & { kind: 'write' })[];
  let covered = change.offset;
  for (const one of own.toSorted((a, b) => a.offset - b.offset))
    if (one.offset <= covered) covered = Math.max(covered, one.offset + one.bytes.length);
  return covered >= end;
}

export class Disk {
  /** Changes whenever what is safe does. */
  epoch = 0;
  #nextId = 1;
  #pending: Change[] = [];
  readonly #forsaken = new Set<number>();
  readonly #safe: DiskView;
  readonly #inodes = new Map<number, FileId>();
  readonly #liveNames = new Map<string, FileId>();

  /** `base`: a directory that stays. `before`: what lay below it, safe, before the log began. */
  constructor(base: string, before: Files) {
    this.#safe = new DiskView(base);
    for (const [path, bytes] of before) {
      const file = this.#nextId++;
      this.#liveNames.set(path, file);
      this.#safe.put(path, file, bytes);
    }
  }

  /** What was asked for and is not safe yet, oldest first. */
  get pending(): readonly Change[] {
    return this.#pending;
  }

  take(entry: Entry): void {
    if ('path' in entry && isLeftOut(entry.path)) return;
    switch (entry.kind) {
      case 'opened':
        return this.#open(entry);
      case 'written': {
        const { offset, bytes } = entry;
        return this.#add({ kind: 'write', file: this.#fileOf(entry.inode), offset, bytes });
      }
      case 'truncated':
        return this.#add({ kind: 'truncate', file: this.#fileOf(entry.inode), size: entry.size });
      case 'synced':
        return this.#sync(entry);
      case 'syncFailed':
        return this.#forsake(this.#fileOf(entry.inode));
      case 'directoryMade':
        return this.#add({ kind: 'directory', path: entry.path });
      case 'unlinked':
        // Sockets have names, too, and are nobody's data.
        if (!this.#liveNames.delete(entry.path)) return undefined;
        return this.#add({ kind: 'unname', path: entry.path });
      case 'renamed':
        return this.#rename(entry.path, entry.to);
      default:
        return undefined;
    }
  }

  #open({ inode, path, isCreated, isEmptied }: Extract<Entry, { kind: 'opened' }>): void {
    if (isCreated) {
      const file = this.#nextId++;
      this.#inodes.set(inode, file);
      this.#liveNames.set(path, file);
      return this.#add({ kind: 'name', path, file });
    }
    const file = this.#liveNames.get(path);
    if (file === undefined) throw new Error(`the log opens ${path}, which nobody made`);
    this.#inodes.set(inode, file);
    if (isEmptied) this.#add({ kind: 'truncate', file, size: 0 });
  }

  #rename(path: string, to: string): void {
    const file = this.#liveNames.get(path);
    if (file === undefined) throw new Error(`the log renames ${path}, which nobody made`);
    this.#liveNames.delete(path);
    this.#liveNames.set(to, file);
    this.#add({ kind: 'rename', path, to });
  }

  #fileOf(inode: number): FileId {
    const file = this.#inodes.get(inode);
    if (file === undefined) throw new Error(`the log writes to inode ${inode}, which it never opened`);
    return file;
  }

  #add(change: Alteration): void {
    this.#pending.push({ ...change, id: this.#nextId++ });
  }

  /**
   * A sync failed: the kernel says so once and then counts the pages as clean. No later sync makes them safe, unless they are
   * written again.
   */
  #forsake(file: FileId): void {
    for (const change of this.#pending)
      if (change.kind === 'write' && change.file === file) this.#forsaken.add(change.id);
  }

  #sync({ inode, path, isDirectory }: Extract<Entry, { kind: 'synced' }>): void {
    const file = isDirectory ? undefined : this.#inodes.get(inode);
    const isSafeNow = (change: Change): boolean =>
      change.kind === 'write' || change.kind === 'truncate'
        ? change.file === file && !this.#forsaken.has(change.id)
        : isDirectory && dirname(change.path) === path;
    const now = this.#pending.filter(isSafeNow);
    if (now.length === 0) return;
    const isOver = (change: Change): boolean =>
      isSafeNow(change) || (this.#forsaken.has(change.id) && isWrittenAgain(change, now));
    this.#pending = this.#pending.filter((change) => !isOver(change));
    for (const change of now) this.#safe.apply(change);
    this.epoch += 1;
  }

  /** The disk with these changes done, and no others; a change may be a torn one. */
  image(changes: readonly Change[]): Files {
    const view = this.#safe.copy();
    for (const change of changes) view.apply(change);
    return view.files();
  }

  /** Of a change, for people. */
  nameOf(change: Change): string {
    if ('path' in change) return `${change.kind} ${basename(change.path)}`;
    const path = [...this.#liveNames].find(([, file]) => file === change.file)?.[0] ?? 'removed file';
    const where = change.kind === 'write' ? `${change.offset}+${change.bytes.length}` : `to ${change.size}`;
    return `${change.kind} ${basename(path)} ${where}`;
  }
}

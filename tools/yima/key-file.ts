// A key file, whole or not at all, for its owner alone, and never over another key.
import {
  closeSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export type KeyFile = {
  /** Where the key that stood there is kept; null where none did. */
  kept: string | null;
  write(key: string): void;
  /** Nothing came: leaves all as it was. */
  drop(): void;
};

/** The longest key with the end of its line (docs/gateway-protocol.md, "Session and batch"). */
const ROOM_bytes = 513;

function synced(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length)
    written += writeSync(handle, bytes, written, bytes.length - written, written);
  fsyncSync(handle);
}

/** What a run before this one left: with a key in it, it may be the only copy, for its code is used up. Blanks are room that was made. */
function clearPartial(partial: string): void {
  if (statSync(partial, { throwIfNoEntry: false }) === undefined) return;
  if (readFileSync(partial, 'latin1').trim() !== '')
    throw new Error(
      `${partial} is left from an earlier run and may be the only copy of a key: move it away, then ask again`,
    );
  rmSync(partial);
}

type Owner = { uid: number; gid: number };

/**
 * Who is to read it: whoever the old one belongs to; made first by root, whoever the folder does, or it would be closed to the till. Undefined:
 * who runs this, since only root may give a file away.
 */
function ownerOf(file: string, old: Owner | undefined): Owner | undefined {
  return old ?? (process.geteuid?.() === 0 ? statSync(dirname(file)) : undefined);
}

/** The file as it will be but for its bytes: who may read it, and room on the disk. */
function openPartial(partial: string, owner: Owner | undefined): number {
  const handle = openSync(partial, 'wx', 0o600);
  try {
    if (owner !== undefined) fchownSync(handle, owner.uid, owner.gid);
    writeWhole(handle, ' '.repeat(ROOM_bytes));
  } catch (error) {
    closeSync(handle);
    rmSync(partial);
    throw error;
  }
  return handle;
}

/**
 * All that can fail is done before the key is asked for, so that a full disk, a folder that nobody may write to or a name that is taken costs
 * no code. `stamp`: what the old file gets behind its name. @throws Error in the file system's words, or ours
 */
export function openKeyFile(file: string, stamp: string): KeyFile {
  const partial = `${file}.partial`;
  clearPartial(partial);
  const old = statSync(file, { throwIfNoEntry: false });
  const handle = openPartial(partial, ownerOf(file, old));
  const kept = old === undefined ? null : `${file}.${stamp}`;
  const drop = (link: string | null) => {
    closeSync(handle);
    rmSync(partial);
    if (link !== null) rmSync(link);
  };
  try {
    // A link never takes the place of another file.
    if (kept !== null) linkSync(file, kept);
    synced(dirname(file));
  } catch (error) {
    drop(null);
    throw error;
  }
  return {
    kept,
    write(key) {
      const line = `${key}\n`;
      writeWhole(handle, line);
      ftruncateSync(handle, line.length);
      fsyncSync(handle);
      closeSync(handle);
      renameSync(partial, file);
      synced(dirname(file));
    },
    drop: () => drop(kept),
  };
}

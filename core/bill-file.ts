// Writes a fetched bill under its own name: whole or not at all, and never over another file.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Names are limited to 255 bytes, and a fetched one may get an ending of ours. */
const NAME_bytes = 200;

/** What an acquirer calls its file, as a name in a folder of ours: no path, no hidden file, no option of a command, nothing that a terminal would act on. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  let kept = [...last.replaceAll(/[^\p{L}\p{N}._()-]/gu, '_')];
  while (Buffer.byteLength(kept.join('')) > NAME_bytes) kept = kept.slice(1);
  const short = kept.join('').replace(/^[.-]+/, '');
  return short === '' ? 'bill' : short;
}

/** `there`: the same bytes under the same name. `other`: somebody else's file, which stays. */
export type Written = 'written' | 'there' | 'other';

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Fetched by root it belongs to whom the folder does: the till could not read it otherwise. */
function giveToFolder(descriptor: number, folder: string): void {
  const { uid, gid } = statSync(folder);
  if (process.geteuid?.() === 0 && uid !== 0) fchownSync(descriptor, uid, gid);
}

/** Whole and on the disk under a name that nobody else has. */
function writePartial(folder: string, bytes: Uint8Array): string {
  const partial = join(folder, `.${randomBytes(8).toString('hex')}.partial`);
  const descriptor = openSync(partial, 'wx', 0o600);
  try {
    giveToFolder(descriptor, folder);
    for (let at = 0; at < bytes.length; at += writeSync(descriptor, bytes, at));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return partial;
}

/** A link, unlike a renaming, refuses a name that is taken. FAT has no links: there the bytes are copied. */
function give(partial: string, file: string): void {
  try {
    linkSync(partial, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    copyFileSync(partial, file, constants.COPYFILE_EXCL);
  }
}

/** Durable when it returns. Throws what the file system says. */
export function writeBill(folder: string, name: string, bytes: Buffer): Written {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const partial = writePartial(folder, bytes);
  try {
    give(partial, file);
    return 'written';
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return readFileSync(file).equals(bytes) ? 'there' : 'other';
  } finally {
    rmSync(partial);
    syncFolder(folder);
  }
}

/** In place of whatever has that name, a link too: what it leads to stays as it is. Throws what the file system says. */
export function replaceFile(folder: string, name: string, text: string): void {
  const partial = writePartial(folder, Buffer.from(text));
  try {
    renameSync(partial, join(folder, name));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

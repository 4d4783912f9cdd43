// Writes a fetched bill under its own name: whole or not at all, and never over another file.
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What an acquirer calls its file, as a name in a folder of ours: no path, no hidden file, nothing that a shell or a terminal would act on. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const kept = last.replaceAll(/[^\p{L}\p{N}._()-]/gu, '_').replace(/^\.+/, '');
  // Names are limited to 255 bytes, and a hanzi has three.
  const short = [...kept].slice(-80).join('');
  return short === '' ? 'bill' : short;
}

/** `there`: the same bytes under the same name. `other`: somebody else's file, which stays. */
export type Written = 'written' | 'there' | 'other';

function isThere(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EEXIST';
}

/** Durable when it returns. Throws what the file system says. */
export function writeBill(folder: string, name: string, bytes: Buffer): Written {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const partial = join(folder, `.${process.pid}.partial`);
  const descriptor = openSync(partial, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; at += writeSync(descriptor, bytes, at));
    fsyncSync(descriptor);
    // A link, unlike a renaming, refuses a name that is taken.
    linkSync(partial, file);
    return 'written';
  } catch (error) {
    if (!isThere(error)) throw error;
    return readFileSync(file).equals(bytes) ? 'there' : 'other';
  } finally {
    closeSync(descriptor);
    rmSync(partial);
  }
}

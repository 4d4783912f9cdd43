// What survives a power cut beside SQLite's own files: contents and names, synced by hand.
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file's content, or a directory's names. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function mayNotBeRead(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

/**
 * Every name on the way to a directory that was just made, within its file system: SQLite syncs what lies in it, and a power
 * cut could still take it away whole.
 */
export function syncNamesTo(directory: string): void {
  const { dev } = statSync(directory);
  for (let at = dirname(directory); statSync(at).dev === dev; at = dirname(at)) {
    try {
      syncPath(at);
    } catch (error) {
      // Where this user may not even look he has made no name.
      if (!mayNotBeRead(error)) throw error;
    }
    if (at === dirname(at)) return;
  }
}

/**
 * A file with its own content. A sync that failed is told of once, to the process that asked; the pages then count as clean,
 * and whoever reads them sees what the disk may not have. Written again they are synced like new ones.
 */
export function rewrite(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    const content = readFileSync(descriptor);
    for (let done = 0; done < content.length; ) done += writeSync(descriptor, content, done, undefined, done);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

// The disk under the state directory: how much room is left, and whether a write really gets there.
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export type DiskSpace = { free_bytes: number; total_bytes: number };

/** `code`: the system's own (EROFS, ENOSPC, EACCES, EIO...). */
export type TrialWrite = { ok: true; median_ms: number } | { ok: false; code: string; detail: string };

const TRIAL_FILE = '.trial-write';
const TRIAL_writes = 5;
const BLOCK_bytes = 4096;

/** What an unprivileged user may still use. @throws Error of the system when the directory can't be looked at. */
export async function diskSpace(directory: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}

async function timedWrites(file: string): Promise<number[]> {
  const handle = await open(file, 'w', 0o600);
  try {
    const took: number[] = [];
    for (let count = 0; count < TRIAL_writes; count += 1) {
      const started_ms = performance.now();
      await handle.write(Buffer.alloc(BLOCK_bytes, count), 0, BLOCK_bytes, 0);
      await handle.datasync();
      took.push(performance.now() - started_ms);
    }
    return took;
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}

/** Writes and syncs a few blocks to a file of its own beside the journal, and removes it whatever came of it. Never rejects. */
export async function trialWrite(directory: string): Promise<TrialWrite> {
  const file = join(directory, TRIAL_FILE);
  try {
    const took = (await timedWrites(file)).toSorted((a, b) => a - b);
    return { ok: true, median_ms: took[Math.floor(took.length / 2)] ?? 0 };
  } catch (error) {
    const { code = 'UNKNOWN', message } = error as NodeJS.ErrnoException;
    return { ok: false, code, detail: message };
  }
}

// The highest epoch that a restore has begun, noted beside the backups and in the state directory before it begins: a backup that
// is restored twice must not give the same numbers twice, whatever became of the till in between.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from './durable.ts';

const EPOCH_FILE = 'epoch';

export function notedEpoch(directory: string): number {
  const file = join(directory, EPOCH_FILE);
  const text = existsSync(file) ? readFileSync(file, 'latin1').trim() : '';
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

/** @throws Error of the system when it can't be written: then nothing may be restored from there. */
export function noteEpoch(directory: string, epoch: number): void {
  const file = join(directory, EPOCH_FILE);
  writeFileSync(`${file}.new`, `${epoch}\n`, { mode: 0o600 });
  syncPath(`${file}.new`);
  renameSync(`${file}.new`, file);
  syncPath(directory);
}

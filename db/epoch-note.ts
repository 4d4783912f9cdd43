// The highest epoch that a restore has begun, noted beside the backups and in the state directory before it begins: a backup that
// is restored twice must not give the same numbers twice, whatever became of the till in between.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAST_EPOCH } from '../core/domain/till/ids.ts';
import { syncPath } from './durable.ts';

const EPOCH_FILE = 'epoch';

/** The note can be read, and says no epoch. */
export class NoteSpoilt extends Error {
  override readonly name = 'NoteSpoilt';
}

/** Without a note 0. @throws NoteSpoilt, or an error of the system: it may name any epoch then. */
export function notedEpoch(directory: string): number {
  const file = join(directory, EPOCH_FILE);
  if (!existsSync(file)) return 0;
  const text = readFileSync(file, 'latin1').trim();
  if (!/^\d{1,6}$/.test(text) || Number(text) > LAST_EPOCH) throw new NoteSpoilt(`${file} holds no epoch`);
  return Number(text);
}

/** @throws Error of the system when it can't be written: then nothing may be restored from there. */
export function noteEpoch(directory: string, epoch: number): void {
  const file = join(directory, EPOCH_FILE);
  writeFileSync(`${file}.new`, `${epoch}\n`, { mode: 0o600 });
  syncPath(`${file}.new`);
  renameSync(`${file}.new`, file);
  syncPath(directory);
}

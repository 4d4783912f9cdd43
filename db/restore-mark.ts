// While a restore puts files in their places a mark stands beside them: whatever ends it half-way, no till begins on what is
// there, and least of all an empty one with numbers from the start.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from './durable.ts';
import { DatabaseRefused } from './errors.ts';

const MARK_FILE = 'restore.unfinished';

/** `aside`: the folder that the first attempt began to fill. */
export function setRestoreMark(directory: string, aside: string): void {
  writeFileSync(join(directory, MARK_FILE), `${aside}\n`, { mode: 0o600 });
  syncPath(join(directory, MARK_FILE));
  syncPath(directory);
}

export function clearRestoreMark(directory: string): void {
  rmSync(join(directory, MARK_FILE), { force: true });
  syncPath(directory);
}

/** The folder of a restore that was begun and not finished; null when there is none. */
export function unfinishedRestore(directory: string): string | null {
  const file = join(directory, MARK_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** @throws DatabaseRefused E-DB-07. */
export function assertNoUnfinishedRestore(directory: string): void {
  const aside = unfinishedRestore(directory);
  if (aside !== null) throw new DatabaseRefused('E-DB-07', `${directory}: what was there is in ${aside}`);
}

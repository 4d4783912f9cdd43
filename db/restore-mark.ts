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

/** The folder of a restore that was begun and not finished, empty when the mark names none any more; null when there is no mark. */
function readMark(directory: string): string | null {
  const file = join(directory, MARK_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** The folder of a restore that was begun and not finished; null when there is none. Cut off before it was synced, the mark is empty, and nothing was moved. */
export function unfinishedRestore(directory: string): string | null {
  const aside = readMark(directory);
  return aside === '' ? null : aside;
}

/** @throws DatabaseRefused E-DB-07. */
export function assertNoUnfinishedRestore(directory: string): void {
  const aside = readMark(directory);
  if (aside === null) return;
  const where = aside === '' ? 'here, or in its newest folder damaged-*' : `in ${aside}`;
  throw new DatabaseRefused(
    'E-DB-07',
    `${directory}: what was there is ${where}; run the same \`yima restore\` again`,
  );
}

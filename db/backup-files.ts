// The backup directory: names that say when and how far, the newest first; old ones go, half ones of a crash too.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `at`: ISO 8601 in UTC; `sequence`: of the last record in it. Every file of such a name was verified whole when it got it. */
export type BackupFile = { file: string; at: string; sequence: number; size_bytes: number };

const NAME = /^yima-(\d{8}T\d{6}Z)-(\d{9,15})\.db$/;
const PARTIAL = /^yima-.*\.partial(-journal)?$/;

function isoOf(compact: string): string {
  return compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
}

export function backupName(at: string, sequence: number): string {
  const compact = `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `yima-${compact}-${String(sequence).padStart(9, '0')}.db`;
}

/** Newest first, by how far they go; none when there is no such directory. */
export function listBackups(directory: string): BackupFile[] {
  if (!existsSync(directory)) return [];
  const found = readdirSync(directory).flatMap((name) => {
    const [, at, sequence] = NAME.exec(name) ?? [];
    if (at === undefined || sequence === undefined) return [];
    const file = join(directory, name);
    return [{ file, at: isoOf(at), sequence: Number(sequence), size_bytes: statSync(file).size }];
  });
  return found.toSorted((a, b) => (a.at === b.at ? b.sequence - a.sequence : a.at < b.at ? 1 : -1));
}

/** What a crash in the middle of a backup left. */
export function dropPartials(directory: string): void {
  for (const name of readdirSync(directory)) if (PARTIAL.test(name)) rmSync(join(directory, name));
}

/** Keeps the newest ones. */
export function pruneBackups(directory: string, keep: number): void {
  for (const { file } of listBackups(directory).slice(keep)) rmSync(file);
}

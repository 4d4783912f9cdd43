// The backup directory: names that say when and how far, the newest first; old ones go, half ones of a crash too.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `at`: ISO 8601 in UTC; `sequence`: of the last record in it. Every file of such a name was verified whole when it got it. */
export type BackupFile = {
  file: string;
  at: string;
  epoch: number;
  sequence: number;
  size_bytes: number;
};

const NAME = /^yima-e(\d{3,6})-(\d{9,15})-(\d{8}T\d{6}Z)\.db$/;
const PARTIAL = /^yima-.*\.partial(-journal)?$/;

function isoOf(compact: string): string {
  return compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
}

export function backupName({ at, epoch, sequence }: Pick<BackupFile, 'at' | 'epoch' | 'sequence'>): string {
  const compact = `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `yima-e${String(epoch).padStart(3, '0')}-${String(sequence).padStart(9, '0')}-${compact}.db`;
}

/** Newest first, by how far they go and never by the clock, which may have been set back; none without a directory. */
export function listBackups(directory: string): BackupFile[] {
  if (!existsSync(directory)) return [];
  const found = readdirSync(directory).flatMap((name) => {
    const [, epoch, sequence, at] = NAME.exec(name) ?? [];
    if (at === undefined || sequence === undefined) return [];
    const file = join(directory, name);
    const counts = { epoch: Number(epoch), sequence: Number(sequence), size_bytes: statSync(file).size };
    return [{ file, at: isoOf(at), ...counts }];
  });
  return found.toSorted((a, b) => b.epoch - a.epoch || b.sequence - a.sequence || (a.at < b.at ? 1 : -1));
}

/** What a crash in the middle of a backup left. */
export function dropPartials(directory: string): void {
  for (const name of readdirSync(directory)) if (PARTIAL.test(name)) rmSync(join(directory, name));
}

/**
 * Keeps `made` and the newest ones besides: a till that began anew counts from one, and what it finds of another till here goes
 * further than its own.
 */
export function pruneBackups(directory: string, keep: number, made: string): void {
  const others = listBackups(directory).filter(({ file }) => file !== made);
  for (const { file } of others.slice(keep - 1)) rmSync(file);
}

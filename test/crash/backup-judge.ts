// What must hold after a backup that was killed, or whose disk failed.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeBackup } from '../../db/backup.ts';
import { listBackups } from '../../db/backup-files.ts';
import { verifyBackup } from '../../db/backup-verify.ts';
import { DatabaseRefused } from '../../db/errors.ts';
import { restoreState } from '../../db/restore.ts';
import { openStore } from '../../db/store.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { type BackupPlaces, KEEP, placesIn, vitalBytes } from './backup-shop.ts';

/** Before the backup: the names that counted, newest first, and the number of the journal's last record. */
export type BackupsBefore = { names: string[]; sequence: number; bytes: Buffer };

const NEXT_at = '2026-11-28T08:00:00.000Z';
const RESTORED_at_ms = Date.parse('2026-11-28T07:00:00Z');

const namesIn = ({ backups }: BackupPlaces) => listBackups(backups).map(({ file }) => basename(file));

export function before(places: BackupPlaces): BackupsBefore {
  const store = openStore(places.state);
  const { sequence } = store.head();
  store.close();
  return { names: namesIn(places), sequence, bytes: Buffer.alloc(0) };
}

function isWhole(file: string): boolean {
  try {
    return verifyBackup(file).ok;
  } catch (error) {
    if (error instanceof DatabaseRefused) return false;
    throw error;
  }
}

/** On a copy of everything. The number of the last record before the gap; null: it was refused. */
function restoredFrom(places: BackupPlaces, name: string): number | null {
  const copy = placesIn(`${places.root}-restored`);
  cpSync(places.root, copy.root, { recursive: true });
  try {
    const wanted = { state: copy.state, now_ms: RESTORED_at_ms, leastEpoch: 1 };
    const { backup } = restoreState({ ...wanted, from: join(copy.backups, name) });
    if (!verifyStateDirectory(copy.state).ok) throw new Error(`what ${name} restored does not verify`);
    return backup.sequence;
  } catch (error) {
    if (error instanceof DatabaseRefused) return null;
    throw error;
  } finally {
    rmSync(copy.root, { recursive: true });
  }
}

function judgeListed(places: BackupPlaces, { names, sequence }: BackupsBefore): string[] {
  const listed = listBackups(places.backups);
  const half = listed.filter(({ file }) => !isWhole(file));
  const made = listed.find(({ file }) => !names.includes(basename(file)));
  const gone = names.filter((name) => !namesIn(places).includes(name));
  // The oldest may go when the new one is there.
  const mayGo = made === undefined ? [] : names.slice(KEEP - 1);
  const [newest] = listed;
  const isRestored = newest === undefined || restoredFrom(places, basename(newest.file)) === newest.sequence;
  return [
    ...half.map(({ file }) => `${basename(file)} counts for a backup and does not verify`),
    ...gone.filter((name) => !mayGo.includes(name)).map((name) => `${name} is gone`),
    ...(made !== undefined && made.sequence !== sequence
      ? [`the new one ends at ${made.sequence} of ${sequence}`]
      : []),
    ...(isRestored ? [] : ['the newest one can not be restored from']),
  ];
}

/** What has no name of a backup's: refused when somebody asks for it by hand, unless nothing of it is missing but the name. */
function judgeHalf(places: BackupPlaces, { sequence }: BackupsBefore): string[] {
  if (!existsSync(places.backups)) return [];
  const others = readdirSync(places.backups).filter((name) => !namesIn(places).includes(name));
  return others.flatMap((name) => {
    const restored = restoredFrom(places, name);
    return restored === null || restored === sequence
      ? []
      : [`${name} restores up to ${restored} of ${sequence}`];
  });
}

function judgeNext(places: BackupPlaces): string[] {
  const next = makeBackup({ state: places.state, directory: places.backups, keep: KEEP, at: NEXT_at });
  if (!next.ok) return [`the next one fails: ${next.code} ${next.detail}`];
  const left = readdirSync(places.backups).filter((name) => !namesIn(places).includes(name));
  const half = listBackups(places.backups).filter(({ file }) => !isWhole(file));
  return [
    ...left.map((name) => `${name} is still there after the next one`),
    ...half.map(({ file }) => `${basename(file)} does not verify after the next one`),
    ...(listBackups(places.backups).some(({ at }) => at === NEXT_at) ? [] : ['the next one is not listed']),
  ];
}

function judgeState({ state }: BackupPlaces, { sequence }: BackupsBefore): string[] {
  const store = openStore(state);
  store.load();
  const head = store.head();
  store.close();
  const { ok } = verifyStateDirectory(state);
  return [
    ...(head.sequence === sequence ? [] : [`the journal ends at ${head.sequence} of ${sequence}`]),
    ...(ok ? [] : ['the state directory does not verify']),
  ];
}

/** Every broken promise, in words. */
export function judgeBackup(places: BackupPlaces, told: BackupsBefore): string[] {
  const isSame = vitalBytes(places).equals(told.bytes);
  return [
    ...(isSame ? [] : ['the journal was changed by its backup']),
    ...judgeListed(places, told),
    ...judgeHalf(places, told),
    ...judgeNext(places),
    ...judgeState(places, told),
  ];
}

// What a backup begins with: a state directory as it is while a core sells, and the backups of before, whole and half.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../../db/backup.ts';
import { HEAD_FILE } from '../../db/head-file.ts';
import { JOURNAL_FILE } from '../../db/store.ts';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';

/** `first`: there is no directory for it yet. `third`: two are there, of which one must go, and what a crash left of another. */
export const backupScenarios = ['first', 'third'] as const;
export type BackupScenario = (typeof backupScenarios)[number];

export const KEEP = 2;
const HALF_MADE = ['yima-77.partial', 'yima-77.partial-journal'] as const;

export type BackupPlaces = { root: string; state: string; backups: string };

export function placesIn(root: string): BackupPlaces {
  return { root, state: join(root, 'state'), backups: join(root, 'backups', 'till') };
}

function backUp({ state, backups }: BackupPlaces, hour: number): void {
  const made = makeBackup({ state, directory: backups, keep: KEEP, at: `2026-11-28T0${hour}:00:00.000Z` });
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
}

/** Copied while it is open: everything is still in the WAL. */
export function makeBackupShop(scenario: BackupScenario, root: string): void {
  const open = placesIn(`${root}-open`);
  mkdirSync(open.root);
  const till = openDrivenTill(open.state);
  till.route(true);
  for (const hour of [1, 2, 3]) {
    till.answer(till.sell(`13012345678900000${hour}`), { kind: 'approved', proof });
    till.engine.post({ kind: 'saleLeft' });
    if (scenario === 'third' && hour < 3) backUp(open, hour);
  }
  if (scenario === 'third') for (const name of HALF_MADE) writeFileSync(join(open.backups, name), 'half');
  cpSync(open.root, root, { recursive: true });
  rmSync(join(root, 'state', `${JOURNAL_FILE}-shm`), { force: true });
  till.close();
  rmSync(open.root, { recursive: true });
}

/** The bytes of what the till lives by. */
export function vitalBytes({ state }: BackupPlaces): Buffer {
  return Buffer.concat(
    [JOURNAL_FILE, `${JOURNAL_FILE}-wal`, HEAD_FILE].map((name) => readFileSync(join(state, name))),
  );
}

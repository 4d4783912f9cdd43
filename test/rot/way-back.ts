// The ways back from a damaged state directory, gone in the trial: what an export still reads is true as far as it goes, and a
// restore from the verified backup gives a sound till that begins another epoch.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../../db/backup-files.ts';
import { DatabaseRefused } from '../../db/errors.ts';
import { restoreState } from '../../db/restore.ts';
import { soundRecords } from '../../db/salvage.ts';
import { openForSalvage } from '../../db/salvage-open.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { places } from './day.ts';
import { type Dump, dumpOf } from './dump.ts';
import { isRefused, type Started, startTill } from './till.ts';

/** The day undamaged: what it says, and how a till starts on it. */
export type Truth = { dump: Dump; start: Started };

const NOW_ms = Date.parse('2026-11-28T06:00:00Z');

/** Rows of the journal as dumpOf writes them. */
function exported(state: string): string[] {
  try {
    const salvage = openForSalvage(state, () => undefined);
    try {
      return [...soundRecords(salvage.sql)].map(({ sequence, at, type, body, hash }) =>
        JSON.stringify([sequence, at, type, body, hash]),
      );
    } finally {
      salvage.close();
    }
  } catch (error) {
    // Not one page can be read: nothing is exported, and nothing wrong.
    if (error instanceof DatabaseRefused) return [];
    throw error;
  }
}

function exportFaults(truth: Truth, state: string): string[] {
  const rows = exported(state);
  // A till that opened has written on: those records are its own.
  const written = truth.dump['journal'] ?? [];
  const wrong = rows.slice(0, written.length).findIndex((row, at) => written[at] !== row);
  return wrong === -1 ? [] : [`record ${wrong + 1} of the export is not what was written`];
}

/** A key that can't be used is put aside: the till makes a new one, and each queued code is named as lost. */
export function newKeyFaults(directory: string): string[] {
  const keys = join(directory, places.keys);
  renameSync(join(keys, 'queue.key'), join(keys, 'queue.key.spoilt'));
  const started = startTill(join(directory, places.state), keys);
  if (isRefused(started)) return [`refused with a new key: ${started.code} ${started.detail}`];
  const codes = Object.values(started.codes);
  return codes.every((code) => code === null) ? [] : ['a code opens with a key that did not seal it'];
}

/** Empty when both ways lead somewhere. */
export function wayBackFaults(truth: Truth, directory: string): string[] {
  const state = join(directory, places.state);
  const faults = exportFaults(truth, state);
  const [backup] = listBackups(join(directory, places.backups));
  if (backup === undefined) return [...faults, 'no backup'];
  const { epoch } = restoreState({ state, from: backup.file, now_ms: NOW_ms, leastEpoch: 1 });
  const { ok, differences } = verifyStateDirectory(state);
  if (!ok) faults.push(`the restored journal does not verify: ${differences.join('; ')}`);
  const restored = dumpOf(state)['journal']?.slice(0, backup.sequence) ?? [];
  if (restored.some((row, at) => truth.dump['journal']?.[at] !== row))
    faults.push('the backup holds other records');
  const started = startTill(state, join(directory, places.keys));
  if (isRefused(started)) faults.push(`the restored till refuses: ${started.code} ${started.detail}`);
  else if (started.epoch !== epoch || epoch < 2)
    faults.push(`the restored till is of epoch ${started.epoch}`);
  return faults;
}

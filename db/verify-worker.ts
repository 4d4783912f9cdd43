// The worker thread behind verify-aside.ts and backup-aside.ts: SQLite's own check of the file, then the journal and its
// projections; or a backup, which is verified as a whole before it is one; or which backup is the newest.
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import { assert } from '../core/domain/assert.ts';
import { type BackupWanted, makeBackup, newestBackup, type NewestWanted } from './backup.ts';
import { integrityFaults } from './integrity.ts';
import { openSql, type Sql } from './open.ts';
import { JOURNAL_FILE } from './store.ts';
import { type Verification, verifyStateDirectory } from './verify.ts';
import { assertMemoryFor } from './verify-memory.ts';

const MOST_problems = 5;

/** What SQLite finds wrong in the file; empty when it is sound. */
function databaseFaults(directory: string): string[] {
  let sql: Sql | null = null;
  try {
    sql = openSql(join(directory, JOURNAL_FILE), { readonly: true });
    return integrityFaults(sql, MOST_problems);
  } finally {
    sql?.close();
  }
}

/** What lives longer than a moment has so much; `maxOldGenerationSizeMb` does not know of the command line. */
const memory_MB =
  getHeapStatistics().heap_size_limit / 2 ** 20 - (resourceLimits.maxYoungGenerationSizeMb ?? 0);

function verified(directory: string): Verification {
  const sql = openSql(join(directory, JOURNAL_FILE), { readonly: true });
  try {
    assertMemoryFor(sql, memory_MB);
  } finally {
    sql.close();
  }
  return verifyStateDirectory(directory);
}

function attempt<Result>(run: () => Result): { result: Result } | { error: string } {
  try {
    return { result: run() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

assert(parentPort, 'verify-worker runs as a worker thread');
const task = workerData as { directory: string } | { backup: BackupWanted } | { newest: NewestWanted };
if ('backup' in task) parentPort.postMessage(makeBackup({ ...task.backup, memory_MB }));
else if ('newest' in task) parentPort.postMessage(newestBackup(task.newest));
else {
  const { directory } = task;
  parentPort.postMessage({ what: 'database', ...attempt(() => databaseFaults(directory)) });
  parentPort.postMessage({ what: 'journal', ...attempt(() => verified(directory)) });
}

// Which backup a start takes for its newest: when the next one is due hangs on it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDrivenTill } from '../fixtures/databases/till.ts';
import { makeBackup, newestBackup } from './backup.ts';
import { SCHEMA_VERSION } from './migrate.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yima-newest-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is the till’s own; one of the schema before an upgrade counts as none: it can’t be restored', () => {
  const places = { state: join(folder, 'state'), directory: join(folder, 'backups') };
  openDrivenTill(places.state).close();
  const made = makeBackup({ ...places, keep: 3, at: '2026-11-28T04:00:00.000Z' });
  if (!made.ok) throw new Error(made.detail);
  expect(newestBackup(places)?.file).toBe(made.backup.file);
  const sql = new Database(made.backup.file);
  sql.pragma(`user_version = ${SCHEMA_VERSION - 1}`);
  sql.close();
  expect(newestBackup(places)).toBeNull();
});

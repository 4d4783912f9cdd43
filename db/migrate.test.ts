// From an older schema: an empty one is carried over, one with records of a program that was never released is left as it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contents } from '../fixtures/databases/tamper.ts';
import { openDrivenTill } from '../fixtures/databases/till.ts';
import { assertKnownVersion, SCHEMA_VERSION } from './migrate.ts';
import { migration0001 } from './migrations/0001-journal.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

let directory = '';
let state = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-migrate-'));
  state = directory;
});
afterEach(() => rmSync(directory, { recursive: true }));

/** As a program of that schema left it, its writer gone. */
function schemaOne(statements = ''): void {
  const sql = new Database(join(state, 'journal.db'));
  sql.pragma('journal_mode = WAL');
  sql.exec(migration0001);
  sql.exec(statements);
  sql.pragma('user_version = 1');
  sql.pragma('wal_checkpoint(TRUNCATE)');
  sql.close();
}

it('an empty schema 1 becomes the newest, and a till runs on it', () => {
  schemaOne();
  const till = openDrivenTill(state);
  till.route(true);
  till.close();
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  expect(assertKnownVersion(sql, '')).toBe(SCHEMA_VERSION);
  sql.close();
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
});

it('schema 1 with records is refused with its code and left untouched, byte for byte', () => {
  const row = "1, '2026-11-01T00:00:00.000Z', 'till.installed', '{\"epoch\":1}', 'abc'";
  schemaOne(`INSERT INTO journal (sequence, at, type, body, hash) VALUES (${row})`);
  const before = contents(state);
  for (let time = 0; time < 2; time += 1) {
    expect(() => openStore(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
    expect(contents(state)).toEqual(before);
  }
  expect(() => openStore(state)).toThrow(/1 records/);
});

it('a migration that fails leaves the schema that was there', () => {
  // Something of that name is in its way.
  schemaOne('CREATE TABLE give_back (x)');
  expect(() => openStore(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  expect(assertKnownVersion(sql, '')).toBe(1);
  const columns = sql.prepare("SELECT name FROM pragma_table_info('receipt')").pluck().all();
  expect(columns).toEqual(['receipt_id', 'number', 'sale_id', 'body']);
  sql.close();
});

it('open rows of an older outbox are carried over with their numbers, and no number is given again', () => {
  const till = openDrivenTill(state);
  till.route(true);
  till.sell('130123456789012345');
  const before = till.store.openRows();
  till.close();
  const sql = new Database(join(state, 'journal.db'));
  sql.exec(`
    CREATE TABLE old (row_id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, delivery_class TEXT NOT NULL,
      reference TEXT NOT NULL, count INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
    INSERT INTO old SELECT row_number() OVER (ORDER BY row_id), kind, delivery_class, reference, count, state FROM outbox;
    DROP TABLE outbox; ALTER TABLE old RENAME TO outbox; CREATE INDEX outbox_reference ON outbox (reference);
    DROP TABLE sold;
    DROP INDEX attempt_number_end_1; DROP INDEX attempt_number_end_2; DROP INDEX attempt_number_end_3;
    PRAGMA user_version = 2;`);
  sql.close();
  const store = openStore(state);
  const carried = store.openRows();
  expect(carried).toEqual(before.map((row, index) => ({ ...row, rowId: index + 1 })));
  store.close();
  const again = openDrivenTill(state);
  again.engine.post({
    kind: 'drawerAsked',
    cause: 'noSale',
    operatorId: 'lin',
    approverId: 'lin',
    reason: 'test',
  });
  const newest = Math.max(...again.store.openRows().map(({ rowId }) => rowId));
  expect(newest).toBe(again.store.head().sequence * 1000);
  expect(newest).toBeGreaterThan(carried.length);
  again.close();
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
});

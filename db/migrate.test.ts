// From an older schema: an empty one is carried over, one with records of a program that was never released is left as it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeOlder } from '../fixtures/databases/older.ts';
import { contents } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { assertKnownVersion, SCHEMA_VERSION } from './migrate.ts';
import { migration0001 } from './migrations/0001-journal.ts';
import { verifyBackup } from './backup-verify.ts';
import { openReader } from './read.ts';
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
  makeOlder(state, 2);
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

/** A refund that the acquirer refuses, that is paid in cash, and that the acquirer has done all the same. */
function giveBackTwice(): string {
  const till = openDrivenTill(state);
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  const { currentSaleId } = till.engine.state;
  till.engine.ask({ kind: 'saleLeft' });
  const sale = till.store.loadSale(currentSaleId ?? '');
  const decided = { operatorId: 'lin', approverId: 'chen', reason: 'damaged' };
  const lines = (sale?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.engine.ask({ kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...decided });
  const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;
  for (const { giveBackId } of till.store.giveBacksOf(sale?.saleId ?? ''))
    till.engine.post({ kind: 'giveBack', giveBackId, event: refused });
  const giveBackId = till.store.giveBacksOf(sale?.saleId ?? '').at(-1)?.giveBackId ?? '';
  till.engine.post({ kind: 'giveBack', giveBackId, event: refused });
  expect(till.engine.ask({ kind: 'giveBackPaid', giveBackId, ...decided })).toBeNull();
  const done = { kind: 'done', result: 'SUCCESS', reference: null } as const;
  till.engine.post({ kind: 'giveBack', giveBackId, event: done });
  expect(till.store.loadGiveBack(giveBackId)).toMatchObject({ isLoss: true, paidInCash: true });
  till.engine.ask({ kind: 'saleLeft' });
  till.close();
  return giveBackId;
}

it.each([2, 3] as const)(
  'what schema %d had given back twice is sound before, and shown as a loss after',
  (schema) => {
    const giveBackId = giveBackTwice();
    makeOlder(state, schema);
    expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
    const store = openStore(state);
    expect(store.load().giveBacks[giveBackId]).toMatchObject({ isLoss: true });
    store.close();
    expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
  },
);

it('a program that is older than the file is said by the verification, too', () => {
  openDrivenTill(state).close();
  const sql = new Database(join(state, 'journal.db'));
  sql.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
  sql.close();
  expect(() => verifyStateDirectory(state)).toThrow(expect.objectContaining({ code: 'E-DB-02' }));
});

it('before its tables are made a journal verifies as an empty one; one of an unreleased program with records is refused', () => {
  new Database(join(state, 'journal.db')).pragma('journal_mode = WAL');
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, records: 0 });
  rmSync(join(state, 'journal.db'));
  const row = "1, '2026-11-01T00:00:00.000Z', 'till.installed', '{\"epoch\":1}', 'abc'";
  schemaOne(`INSERT INTO journal (sequence, at, type, body, hash) VALUES (${row})`);
  expect(() => verifyStateDirectory(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
});

it('what is not carried over yet is read from outside, and a backup of it says which program restores it', () => {
  giveBackTwice();
  makeOlder(state, 3);
  const reader = openReader(state);
  expect(reader.exceptions()).toEqual([]);
  expect(reader.queued()).toEqual([]);
  reader.close();
  const { ok, differences } = verifyBackup(join(state, 'journal.db'));
  expect({ ok, differences }).toEqual({
    ok: false,
    differences: ['schema 3: restore it with the program that made it'],
  });
});

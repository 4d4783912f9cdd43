// The journal table: append-only by trigger, read in pages, and one commit is all or nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrivenTill, openDrivenTill } from '../fixtures/databases/till.ts';
import { emptyTill } from '../core/domain/till/state.ts';
import type { Commit, Store } from '../core/ports/journal.ts';
import { journalRows } from './journal.ts';
import { openSql } from './open.ts';
import { verifyStateDirectory } from './verify.ts';

let directory = '';
let state = '';
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-journal-'));
  state = join(directory, 'state');
  till = openDrivenTill(state);
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const file = () => join(state, 'journal.db');

function dump(): unknown {
  const sql = openSql(file(), { readonly: true });
  const tables = ['journal', 'till', 'sale', 'attempt', 'receipt', 'exception', 'outbox', 'sealed_code'];
  const all = Object.fromEntries(tables.map((table) => [table, sql.prepare(`SELECT * FROM ${table}`).all()]));
  sql.close();
  return all;
}

it.each([
  'UPDATE journal SET body = body',
  'DELETE FROM journal',
  "UPDATE journal SET hash = 'x' WHERE sequence = 1",
])('refuses %s, also from another connection', (statement) => {
  const sql = new Database(file());
  const before = dump();
  expect(() => sql.exec(statement)).toThrow('the journal is append-only');
  sql.close();
  expect(dump()).toEqual(before);
});

it('refuses a record under a number that is taken', () => {
  const sql = new Database(file());
  const replace =
    "INSERT OR REPLACE INTO journal (sequence, at, type, body, hash) VALUES (1, 'T', 'x', '{}', 'h')";
  expect(() => sql.exec(replace)).toThrow('the journal is append-only');
  sql.close();
});

it('reads all records in order across pages', () => {
  for (let index = 0; index < 1100; index += 1) till.engine.post({ kind: 'languageSet', language: 'en' });
  const sql = openSql(file(), { readonly: true });
  const sequences = [...journalRows(sql)].map((row) => row.sequence);
  expect(sequences).toEqual(Array.from({ length: till.store.head().sequence }, (_, index) => index + 1));
  expect([...journalRows(sql, 1000)].length).toBe(till.store.head().sequence - 1000);
  sql.close();
});

function commitOf(store: Store, change: Partial<Commit>): Commit {
  return {
    at: '2026-11-23T10:00:00.000Z',
    records: [{ type: 'till.languageSet', body: { language: 'en' } }],
    state: { ...emptyTill, ...store.load(), language: 'en' },
    saleIds: new Set(),
    attemptIds: new Set(),
    receiptIds: new Set(),
    giveBackIds: new Set(),
    closeRowIds: [],
    closeReferences: [],
    newRows: [],
    sealedCodes: [],
    eraseCodes: [],
    ...change,
  };
}

it('leaves nothing half-written when a commit throws, wherever in it', () => {
  till.route(true);
  till.sell('130123456789012345');
  const before = dump();
  const row = { kind: 'print', deliveryClass: 'mark-copy', reference: 'R1', count: 0 } as const;
  const broken: Partial<Commit>[] = [
    { newRows: [row, { ...row, count: 0.5 }] },
    {
      newRows: [row],
      sealedCodes: [{ attemptId: 'P1', keyId: 'k', nonce: new Uint8Array(1), box: 'text' as never }],
    },
    { newRows: [row], records: [{ type: 'till.languageSet', body: { language: 1n as never } }] },
    { saleIds: new Set(['S1']), state: { ...till.engine.state, sales: { S1: { saleId: null } as never } } },
  ];
  for (const change of broken) expect(() => till.store.commit(commitOf(till.store, change))).toThrow();
  expect(dump()).toEqual(before);
  till.store.commit(commitOf(till.store, {}));
  expect(verifyStateDirectory(state).fault).toBeNull();
});

it('knows how far the clock was set during the newest run, and that run alone', () => {
  const stepped = (by_ms: number) => till.engine.post({ kind: 'clockStepped', by_ms });
  expect(till.store.clockSetBy_ms()).toBe(0);
  stepped(3_600_000);
  stepped(-600_000);
  expect(till.store.clockSetBy_ms()).toBe(3_000_000);
  till.engine.post({ kind: 'coreStarted', version: '1', runtime: 'node', sentIds: [], sentDrawerIds: [] });
  expect(till.store.clockSetBy_ms()).toBe(0);
});

it('knows the first payment of the newest run, and of that run alone', () => {
  const start = {
    kind: 'coreStarted',
    version: '1',
    runtime: 'node',
    sentIds: [],
    sentDrawerIds: [],
  } as const;
  expect(till.store.firstTaken()).toBeNull();
  const { tillSequence } = till.attempt(till.sell('130123456789012345'));
  expect(till.store.firstTaken()).toBe(tillSequence);
  till.engine.post(start);
  expect(till.store.firstTaken()).toBeNull();
});

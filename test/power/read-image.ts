// Opens one disk image as the product would after the power came back, and reads what it knows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import type { Files } from './disk-view.ts';

type Row = { kind: string; reference: string; count: number };

export type Reading =
  | { kind: 'refused'; why: string }
  | {
      kind: 'opened';
      /** What is wrong with the image whatever anybody was told. */
      problems: string[];
      /** Short of the whole hash; the index is the sequence. */
      hashes: string[];
      /** Attempt's id by order number. */
      orders: ReadonlyMap<string, string>;
      /** Give-back's id by request number. */
      requests: ReadonlyMap<string, string>;
      /** Receipt's id by the number on its paper. */
      papers: ReadonlyMap<string, string>;
      drawerAsked: number;
      pending: readonly Row[];
    };

/** `state` and `keys`: the directories as the log names them; the image is laid out below `target`. */
export type Place = { base: string; state: string; keys: string; target: string };

export function layOut(files: Files, { base, state, target }: Place): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, relative(base, dirname(state))), { recursive: true, mode: 0o700 });
  const made = new Set<string>();
  for (const [path, bytes] of files) {
    const file = join(target, relative(base, path));
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    made.add(dirname(file));
    writeFileSync(file, bytes, { mode: 0o600 });
  }
}

function mapOf(sql: Database.Database, query: string): Map<string, string> {
  return new Map(sql.prepare(query).raw().all() as [string, string][]);
}

/** A queued payment whose code can't be had is a charge that never comes: the key must be as safe as the code. */
function lostCodes(sql: Database.Database, keys: string): string[] {
  const vault = openCodeVault(keys);
  const sealed = sql
    .prepare(
      `SELECT sealed_code.attempt_id AS attemptId, key_id AS keyId, nonce, box, order_number AS orderNumber, amount_fen
       FROM sealed_code JOIN attempt USING (attempt_id) ORDER BY sealed_code.attempt_id`,
    )
    .all() as (Parameters<typeof vault.unseal>[0] & Parameters<typeof vault.unseal>[1])[];
  return sealed
    .filter((row) => vault.unseal(row, row) === null)
    .map(({ orderNumber }) => `the code of the queued payment ${orderNumber} can't be read any more`);
}

const SCHEMA =
  "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";

let newest: string[] | undefined;

/** The schema of a till that was never another. */
function newestSchema(): string[] {
  if (newest !== undefined) return newest;
  const directory = mkdtempSync(join(tmpdir(), 'yima-schema-'));
  openStore(directory).close();
  newest = schemaOf(directory);
  rmSync(directory, { recursive: true });
  return newest;
}

function schemaOf(state: string): string[] {
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  try {
    const version = sql.pragma('user_version', { simple: true });
    return [`version ${String(version)}`, ...(sql.prepare(SCHEMA).pluck().all() as string[])];
  } finally {
    sql.close();
  }
}

function readOpened(state: string, keys: string): Reading {
  const problems: string[] = [];
  const verified = verifyStateDirectory(state);
  if (!verified.ok)
    problems.push(`journal: ${verified.fault?.detail ?? ''} ${verified.differences.join(', ')}`);
  if (!isDeepStrictEqual(schemaOf(state), newestSchema())) problems.push('the schema is not the newest one');
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  try {
    return {
      kind: 'opened',
      problems: [...problems, ...lostCodes(sql, keys)],
      hashes: sql
        .prepare('SELECT substr(hash, 1, 16) FROM journal ORDER BY sequence')
        .pluck()
        .all() as string[],
      orders: mapOf(sql, 'SELECT order_number, attempt_id FROM attempt ORDER BY attempt_id'),
      requests: mapOf(sql, 'SELECT request_number, give_back_id FROM give_back ORDER BY give_back_id'),
      papers: mapOf(
        sql,
        `SELECT CASE kind WHEN 'giveBack' THEN subject ELSE number END, receipt_id
         FROM receipt ORDER BY receipt_id`,
      ),
      drawerAsked: sql
        .prepare("SELECT count(*) FROM journal WHERE type = 'drawer.asked'")
        .pluck()
        .get() as number,
      pending: sql
        .prepare("SELECT kind, reference, count FROM outbox WHERE state = 'pending' ORDER BY row_id")
        .all() as Row[],
    };
  } finally {
    sql.close();
  }
}

export function readImage(files: Files, place: Place): Reading {
  layOut(files, place);
  const state = join(place.target, relative(place.base, place.state));
  const keys = join(place.target, relative(place.base, place.keys));
  try {
    // In the order of core/core.ts.
    openCodeVault(keys);
    openStore(state).close();
  } catch (error) {
    return {
      kind: 'refused',
      why: error instanceof Error ? `${codeOf(error)} ${error.message}` : String(error),
    };
  }
  return readOpened(state, keys);
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}

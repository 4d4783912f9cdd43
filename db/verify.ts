// Verifies a state directory from outside the engine: the chain, the head file, and that the projections are the journal's fold.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { documentOf } from '../core/domain/till/documents.ts';
import type { TillRecord } from '../core/domain/till/records.ts';
import { type ChainFault, verifyChain } from './chain.ts';
import { HEAD_FILE, type KnownHead, readHeadFile } from './head-file.ts';
import { journalRows } from './journal.ts';
import { lostMark } from './lost-mark.ts';
import { assertReleased, OLDEST_RELEASED } from './migrate.ts';
import { giveBackOfSchema, hasSold } from './older-rows.ts';
import { openSql, refusalFor, type Sql } from './open.ts';
import { outboxFaults } from './outbox-faults.ts';
import { countPaper, type EndedPapers, paperFaults } from './outbox-papers.ts';
import {
  attemptColumns,
  documentColumns,
  giveBackColumns,
  receiptColumns,
  saleColumns,
  scalarsOf,
  soldColumns,
} from './projection-columns.ts';
import { Refold } from './refold.ts';
import { JOURNAL_FILE } from './store.ts';

export type Verification = {
  ok: boolean;
  records: number;
  head: string;
  fault: ChainFault | null;
  /** Projection rows that are not what the journal says. */
  differences: string[];
};

type Folded = {
  fold: Refold;
  exceptions: Map<string, unknown[]>;
  documents: Row[];
  endedPapers: EndedPapers;
};

function foldOf(sql: Sql): Folded {
  const folded: Folded = {
    fold: new Refold(),
    exceptions: new Map(),
    documents: [],
    endedPapers: new Map(),
  };
  for (const row of journalRows(sql)) {
    const record = { type: row.type, body: JSON.parse(row.body) } as TillRecord;
    folded.fold.take(record);
    countPaper(folded.endedPapers, record);
    const found = documentOf(record);
    if (found !== null)
      folded.documents.push([...documentColumns(found, row.sequence), JSON.stringify(found.body)]);
    if (record.type === 'exception.raised') {
      const { attemptId, reason, acquirerCode, at_ms } = record.body;
      folded.exceptions.set(attemptId, [attemptId, reason, acquirerCode, at_ms, null]);
    }
    if (record.type === 'exception.closed') {
      const { attemptId, how } = record.body;
      const raised = folded.exceptions.get(attemptId) ?? [attemptId];
      folded.exceptions.set(attemptId, [...raised.slice(0, 4), how]);
    }
  }
  return folded;
}

type Row = unknown[];
type TableWithBody = 'sale' | 'attempt' | 'receipt' | 'give_back' | 'document';

/** A body that is no JSON any more differs from every other one. */
function parsedBody(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch (error) {
    if (error instanceof SyntaxError) return new SyntaxError(error.message);
    throw error;
  }
}

/** All rows of a table whose last column is a JSON text. */
function rowsWithBody(sql: Sql, table: TableWithBody): Row[] {
  // One at a time: a call that reads them all can't be ended, and a thread that runs out of memory in it ends the whole core.
  return [...(sql.prepare(`SELECT * FROM ${table} ORDER BY 1`).raw().iterate() as IterableIterator<Row>)];
}

/** Nearly always also the texts are the same. */
function isSameValue(row: Row, wanted: Row): boolean {
  const withValue = (one: Row) => [...one.slice(0, -1), parsedBody(one.at(-1))];
  return isDeepStrictEqual(row, wanted) || isDeepStrictEqual(withValue(row), withValue(wanted));
}

/** Rows as [key, other columns]. */
function differencesOf(
  table: string,
  rows: readonly Row[],
  expected: readonly Row[],
  isSame: (row: Row, wanted: Row) => boolean = isDeepStrictEqual,
): string[] {
  const found = new Map(rows.map((row) => [String(row[0]), row]));
  const wanted = new Map(expected.map((row) => [String(row[0]), row]));
  const missing = [...wanted.keys()].filter((id) => !found.has(id));
  const different = [...found].filter(([id, row]) => {
    const one = wanted.get(id);
    return one === undefined || !isSame(row, one);
  });
  return [
    ...missing.map((id) => `${table} ${id} is missing`),
    ...different.map(([id]) => `${table} ${id} differs`),
  ];
}

/** The last column, a JSON text, is compared as a value. */
function bodyDifferences(sql: Sql, table: TableWithBody, expected: readonly Row[]): string[] {
  return differencesOf(table, rowsWithBody(sql, table), expected, isSameValue);
}

/** As it would come back from the disk. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function tillDifferences(sql: Sql, { state, records }: Refold): string[] {
  const bodyOf = (query: string) => (sql.prepare(query).get() as { body: string } | undefined)?.body;
  const till = bodyOf('SELECT body FROM till WHERE id = 1');
  const period = bodyOf('SELECT body FROM period WHERE id = 1');
  if (till === undefined || period === undefined) return records === 0 ? [] : ['till is missing'];
  return [
    ...(isDeepStrictEqual(parsedBody(till), asJson(scalarsOf(state))) ? [] : ['till differs']),
    ...(isDeepStrictEqual(parsedBody(period), asJson(state.period)) ? [] : ['period differs']),
  ];
}

function soldDifferences(sql: Sql, { sales, attempts }: ReturnType<Refold['all']>): string[] {
  const expected = [...sales.values()].flatMap((sale) => {
    const columns = soldColumns(sale, (attemptId) => attempts.get(attemptId));
    return columns === null ? [] : [columns];
  });
  return differencesOf('sold', sql.prepare('SELECT * FROM sold ORDER BY 1').raw().all() as Row[], expected);
}

/** Of an older schema only what it has: the next start carries it over, and fills in the rest. */
function compareProjections(sql: Sql, schema: number): string[] {
  const folded = foldOf(sql);
  const all = folded.fold.all();
  const { sales, attempts, receipts, giveBacks } = all;
  const saleRows = [...sales.values()].map((sale) => [...saleColumns(sale), JSON.stringify(sale)]);
  const attemptRows = [...attempts.values()].map((attempt) => [
    ...attemptColumns(attempt),
    JSON.stringify(attempt),
  ]);
  const receiptRows = [...receipts.values()].map((receipt) => [
    ...receiptColumns(receipt),
    JSON.stringify(receipt),
  ]);
  const giveBackRows = [...giveBacks.values()].map((one) => {
    const kept = giveBackOfSchema(one, schema);
    return [...giveBackColumns(kept), JSON.stringify(kept)];
  });
  const exceptions = sql
    .prepare('SELECT attempt_id, reason, acquirer_code, at_ms, closed FROM exception ORDER BY attempt_id')
    .raw()
    .all() as Row[];
  const found = [
    ...tillDifferences(sql, folded.fold),
    ...bodyDifferences(sql, 'sale', saleRows),
    ...(hasSold(schema) ? soldDifferences(sql, all) : []),
    ...bodyDifferences(sql, 'attempt', attemptRows),
    ...bodyDifferences(sql, 'receipt', receiptRows),
    ...bodyDifferences(sql, 'give_back', giveBackRows),
    ...bodyDifferences(sql, 'document', folded.documents),
    ...differencesOf('exception', exceptions, [...folded.exceptions.values()]),
  ];
  return found.length === 0 ? [...outboxFaults(sql), ...paperFaults(sql, folded.endedPapers)] : found;
}

function tailFault(
  sql: Sql,
  known: KnownHead | null,
  head: { sequence: number; hash: string },
): ChainFault | null {
  if (known === null || known.sequence === 0) return null;
  if (known.sequence > head.sequence) {
    const detail = `the journal ends at record ${head.sequence}, record ${known.sequence} was written`;
    return { sequence: head.sequence + 1, problem: 'missing', detail };
  }
  const row = sql.prepare('SELECT hash FROM journal WHERE sequence = ?').get(known.sequence) as {
    hash: string;
  };
  if (row.hash === known.hash) {
    const detail = lostMark(sql, known);
    return detail === null ? null : { sequence: head.sequence + 1, problem: 'missing', detail };
  }
  const detail = `record ${known.sequence} is not the one that was written: another chain`;
  return { sequence: known.sequence, problem: 'altered', detail };
}

/** @throws DatabaseRefused E-DB-02 of a newer program, E-DB-06 for records of an unreleased one. */
export function verifyOpened(sql: Sql, known: KnownHead | null): Verification {
  const schema = assertReleased(sql, sql.name);
  // Without its tables yet, or without a record.
  const isMade = schema >= OLDEST_RELEASED;
  const { fault, ...head } = verifyChain(isMade ? journalRows(sql) : []);
  const found = fault ?? tailFault(sql, known, head);
  const differences = fault === null && isMade ? compareProjections(sql, schema) : [];
  const ok = found === null && differences.length === 0;
  return { ok, records: head.sequence, head: head.hash, fault: found, differences };
}

/**
 * Reads only, as of one moment. Works beside a running core: the head file is read first, since the journal only grows.
 * @throws DatabaseRefused when the file can't be read at all.
 */
export function verifyStateDirectory(directory: string): Verification {
  const file = join(directory, JOURNAL_FILE);
  const known = readHeadFile(join(directory, HEAD_FILE));
  let sql: Sql | null = null;
  try {
    const opened = openSql(file, { readonly: true });
    sql = opened;
    return opened.transaction(() => verifyOpened(opened, known)).deferred();
  } catch (error) {
    if (error instanceof Database.SqliteError) throw refusalFor(error, file);
    throw error;
  } finally {
    sql?.close();
  }
}

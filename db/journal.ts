// The journal table: append records to the chain, read them in pages.
import type { TillRecord } from '../core/domain/till/records.ts';
import { chainHash, GENESIS, type JournalRow } from './chain.ts';
import type { Sql } from './open.ts';

export type JournalTable = {
  /** Returns the new head. */
  append(at: string, records: readonly TillRecord[]): { sequence: number; hash: string };
  head(): { sequence: number; hash: string };
  newestAt(): string | null;
  /** How far the wall clock was set during the newest run, by what that run has noticed. */
  clockSetBy_ms(): number;
  /** How many of the newest records say that it was set. */
  clockStepsAmong(records: number): number;
  firstTaken(): number | null;
  /** At most `limit` records after this one. */
  after(sequence: number, limit: number): JournalRow[];
  /** Whether the hash of one of the newest `among` records begins so. No index: each commit would write it. */
  hasHash(beginning: string, among: number): boolean;
};

const PAGE_rows = 500;

/** All records in order, a page at a time: no reader stays open across a commit (it would pin the WAL). */
export function* journalRows(sql: Sql, after = 0): Generator<JournalRow> {
  const page = sql.prepare(
    'SELECT sequence, at, type, body, hash FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  let last = after;
  for (;;) {
    const rows = page.all(last, PAGE_rows) as JournalRow[];
    yield* rows;
    const end = rows.at(-1);
    if (!end) return;
    last = end.sequence;
  }
}

const NEWEST_run = `coalesce((SELECT sequence FROM journal WHERE type = 'core.started' ORDER BY sequence DESC LIMIT 1), 0)`;

export function createJournalTable(sql: Sql): JournalTable {
  const insert = sql.prepare('INSERT INTO journal (sequence, at, type, body, hash) VALUES (?, ?, ?, ?, ?)');
  const last = sql.prepare('SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1');
  const head = () =>
    (last.get() as { sequence: number; hash: string } | undefined) ?? { sequence: 0, hash: GENESIS };
  // A clock set back and journaled stays visible among the last records; older ones need not be read.
  const newest = sql.prepare(
    'SELECT max(at) AS at FROM (SELECT at FROM journal ORDER BY sequence DESC LIMIT 1000)',
  );
  const steps = sql.prepare(
    `SELECT coalesce(sum(json_extract(body, '$.by_ms')), 0) AS by_ms FROM journal WHERE type = 'clock.stepped' AND sequence > ${NEWEST_run}`,
  );
  const taken = sql.prepare(
    `SELECT json_extract(body, '$.attempt.tillSequence') AS number FROM journal WHERE type = 'payment.opened' AND sequence > ${NEWEST_run}
     ORDER BY sequence LIMIT 1`,
  );
  const recentSteps = sql.prepare(
    `SELECT count(*) AS steps FROM journal WHERE sequence > ? AND type = 'clock.stepped'`,
  );
  const page = sql.prepare(
    'SELECT sequence, at, type, body, hash FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const hashed = sql.prepare(
    `SELECT 1 FROM journal WHERE sequence > :after AND substr(hash, 1, length(:beginning)) = :beginning
     ORDER BY sequence DESC LIMIT 1`,
  );
  return {
    head,
    hasHash: (beginning, among) => hashed.get({ beginning, after: head().sequence - among }) !== undefined,
    after: (sequence, limit) => page.all(sequence, limit) as JournalRow[],
    newestAt: () => (newest.get() as { at: string | null }).at,
    clockSetBy_ms: () => (steps.get() as { by_ms: number }).by_ms,
    clockStepsAmong: (records) => (recentSteps.get(head().sequence - records) as { steps: number }).steps,
    firstTaken: () => (taken.get() as { number: number } | undefined)?.number ?? null,
    append: (at, records) => {
      let { sequence, hash } = head();
      for (const record of records) {
        sequence += 1;
        const row = { sequence, at, type: record.type, body: JSON.stringify(record.body) };
        hash = chainHash(hash, row);
        insert.run(row.sequence, row.at, row.type, row.body, hash);
      }
      return { sequence, hash };
    },
  };
}

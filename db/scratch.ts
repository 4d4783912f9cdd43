// A store made from journal records alone, in a directory of its own: to replay on (docs/replay.md). It has no outbox of before.
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { TillRecord } from '../core/domain/till/records.ts';
import type { Commit, Store } from '../core/ports/journal.ts';
import type { JournalRow } from './chain.ts';
import { journalRows } from './journal.ts';
import { openSql } from './open.ts';
import { createWriter } from './projection-writer.ts';
import { Refold } from './refold.ts';
import { JOURNAL_FILE, openStore } from './store.ts';

export type Scratch = {
  readonly store: Store;
  /** Records as another till wrote them, with everything that follows from them. Their chain is the caller's to check. */
  append(rows: readonly JournalRow[]): void;
  close(): void;
};

const recordOf = ({ type, body }: JournalRow): TillRecord => ({ type, body: JSON.parse(body) }) as TillRecord;

/** The ids of what is not as it was written last. */
function changed<Entity>(all: ReadonlyMap<string, Entity>, written: Map<string, unknown>): Set<string> {
  const ids = new Set<string>();
  for (const [id, one] of all) {
    if (written.get(id) === one) continue;
    written.set(id, one);
    ids.add(id);
  }
  return ids;
}

export function openScratch(directory: string): Scratch {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = openStore(directory);
  // Beside the store's own: it is idle whenever this one writes.
  const sql = openSql(join(directory, JOURNAL_FILE));
  const insert = sql.prepare('INSERT INTO journal (sequence, at, type, body, hash) VALUES (?, ?, ?, ?, ?)');
  const write = createWriter(sql);
  const fold = new Refold();
  const written = { sales: new Map(), attempts: new Map(), receipts: new Map(), giveBacks: new Map() };

  /** Everything that the journal's records have come to, those of the store among them. */
  function foldOn(records: readonly TillRecord[]): Commit {
    for (const row of journalRows(sql, fold.records)) fold.take(recordOf(row));
    const all = fold.all();
    const { sales, attempts, receipts, giveBacks } = all;
    return {
      at: '',
      records,
      state: {
        ...fold.state,
        sales: Object.fromEntries(sales),
        attempts: Object.fromEntries(attempts),
        receipts: Object.fromEntries(receipts),
        giveBacks: Object.fromEntries(giveBacks),
      },
      saleIds: changed(sales, written.sales),
      attemptIds: changed(attempts, written.attempts),
      receiptIds: changed(receipts, written.receipts),
      giveBackIds: changed(giveBacks, written.giveBacks),
      closeRowIds: [],
      closeReferences: [],
      newRows: [],
      sealedCodes: [],
      eraseCodes: [],
    };
  }

  const appendAll = sql.transaction((rows: readonly JournalRow[]) => {
    for (const { sequence, at, type, body, hash } of rows) insert.run(sequence, at, type, body, hash);
    write(foldOn(rows.map(recordOf)), rows.at(-1)?.sequence ?? 0);
  }).immediate;

  return {
    store,
    append: (rows) => {
      if (rows.length > 0) appendAll(rows);
    },
    close: () => {
      sql.close();
      store.close();
    },
  };
}

// What a state directory says, table by table, read past every index: two that say the same are the same till.
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Dump = Readonly<Record<string, readonly string[]>>;

const ordered: Record<string, string> = {
  journal: 'SELECT sequence, at, type, body, hash FROM journal NOT INDEXED ORDER BY sequence',
  till: 'SELECT * FROM till NOT INDEXED',
  period: 'SELECT * FROM period NOT INDEXED',
  sale: 'SELECT * FROM sale NOT INDEXED',
  attempt: 'SELECT * FROM attempt NOT INDEXED',
  receipt: 'SELECT * FROM receipt NOT INDEXED',
  exception: 'SELECT * FROM exception NOT INDEXED',
  give_back: 'SELECT * FROM give_back NOT INDEXED',
  document: 'SELECT * FROM document NOT INDEXED',
  // Of a print the count is a copy's mark; of others it is a label. Numbers of rows only order them.
  outbox: `SELECT kind, delivery_class, reference, state, iif(kind = 'print', count, 0) FROM outbox NOT INDEXED ORDER BY row_id`,
  sealed_code: 'SELECT attempt_id, key_id, hex(nonce), hex(box) FROM sealed_code NOT INDEXED',
};

/** @throws SqliteError where it can't be read. */
export function dumpOf(stateDirectory: string): Dump {
  const sql = new Database(join(stateDirectory, 'journal.db'), { readonly: true });
  try {
    return Object.fromEntries(
      Object.entries(ordered).map(([table, query]) => [
        table,
        sql
          .prepare(query)
          .raw()
          .all()
          .map((row) => JSON.stringify(row)),
      ]),
    );
  } finally {
    sql.close();
  }
}

/** Tables in which they differ. */
export function differingTables(one: Dump, other: Dump): string[] {
  return Object.keys(ordered).filter((table) => one[table]?.join('\n') !== other[table]?.join('\n'));
}

// Copies a journal into a file of its own, table by table, as of one moment: everything but the queue's ciphertext, which no
// file outside the state directory may ever hold, not even for a second (so neither VACUUM INTO nor the backup API).
import Database from 'better-sqlite3';
import { CACHE_KiB, type Sql } from './open.ts';

type SchemaRow = { type: string; name: string; sql: string };

const SECRET_TABLE = 'sealed_code';

function copyRows(source: Sql, target: Sql, table: string): void {
  const rows = source.prepare(`SELECT * FROM "${table}" ORDER BY 1`).safeIntegers(true);
  const places = rows.columns().map(() => '?');
  const insert = target.prepare(`INSERT INTO "${table}" VALUES (${places.join(', ')})`);
  for (const row of rows.raw().iterate() as IterableIterator<unknown[]>) insert.run(...row);
}

/** Tables with their rows, then indexes and triggers: they are made anew, not copied. */
function copyAll(source: Sql, target: Sql): void {
  const schema = source
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all() as SchemaRow[];
  const tables = schema.filter(({ type }) => type === 'table');
  for (const { name, sql } of tables) {
    target.exec(sql);
    if (name !== SECRET_TABLE) copyRows(source, target, name);
  }
  for (const { sql } of schema.filter(({ type }) => type !== 'table')) target.exec(sql);
  target.pragma(`user_version = ${Number(source.pragma('user_version', { simple: true }))}`);
}

/** `file` must not be there. One read, however long: a running core commits beside it. */
export function copyJournal(source: Sql, file: string): void {
  const target = new Database(file);
  try {
    // Nothing is gained by a rollback journal: a copy that is cut short is thrown away.
    target.pragma('journal_mode = OFF');
    target.pragma('synchronous = OFF');
    target.pragma(`cache_size = -${CACHE_KiB}`);
    source
      .transaction(() => {
        target.exec('BEGIN');
        copyAll(source, target);
        target.exec('COMMIT');
      })
      .deferred();
  } finally {
    target.close();
  }
}

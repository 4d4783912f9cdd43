// Forward-only migrations on user_version. A database from the future is refused, untouched.
import { DatabaseRefused } from './errors.ts';
import { migration0001 } from './migrations/0001-journal.ts';
import { migration0002 } from './migrations/0002-day.ts';
import { migration0003 } from './migrations/0003-outbox.ts';
import { migration0004 } from './migrations/0004-finding.ts';
import { migration0005 } from './migrations/0005-code-use.ts';
import type { Sql } from './open.ts';

const migrations: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
];

/** Schemas before this one were never released: their records lack what a report is made of. */
export const OLDEST_RELEASED = 2;

export const SCHEMA_VERSION = migrations.length;

/** The schema's number. @throws DatabaseRefused E-DB-02 when the file was written by a newer program. */
export function assertKnownVersion(sql: Sql, file: string): number {
  const version = Number(sql.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw new DatabaseRefused(
      'E-DB-02',
      `${file} has schema ${version}; this program knows ${SCHEMA_VERSION}`,
    );
  }
  return version;
}

/** Nothing of such a file is touched: its sales stay readable by the program that wrote them. */
function assertEmpty(sql: Sql, file: string, version: number): void {
  if (sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").get() === undefined) return;
  const { count } = sql.prepare('SELECT count(*) AS count FROM journal').get() as { count: number };
  if (count === 0) return;
  throw new DatabaseRefused(
    'E-DB-06',
    `${file} has schema ${version} of an unreleased program and ${count} records, which this program can't carry over; ` +
      'begin with a new state directory and keep this one',
  );
}

/** The schema's number. @throws DatabaseRefused E-DB-02 like `assertKnownVersion`, E-DB-06 for records of an unreleased schema. */
export function assertReleased(sql: Sql, file: string): number {
  const version = assertKnownVersion(sql, file);
  if (version < OLDEST_RELEASED) assertEmpty(sql, file, version);
  return version;
}

/** @throws DatabaseRefused like `assertReleased`. */
export function migrate(sql: Sql, file: string): void {
  const version = assertReleased(sql, file);
  for (let next = version + 1; next <= SCHEMA_VERSION; next += 1) {
    const statements = migrations[next - 1] ?? '';
    const sqlTransaction = sql.transaction(() => {
      sql.exec(statements);
      sql.pragma(`user_version = ${next}`);
    });
    sqlTransaction.immediate();
  }
}

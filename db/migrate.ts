// Forward-only migrations on user_version. A database from the future is refused, untouched.
import { DatabaseRefused } from './errors.ts';
import { migration0001 } from './migrations/0001-journal.ts';
import type { Sql } from './open.ts';

const migrations: readonly string[] = [migration0001];

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

/** @throws DatabaseRefused E-DB-02 like `assertKnownVersion`. */
export function migrate(sql: Sql, file: string): void {
  const version = assertKnownVersion(sql, file);
  for (let next = version + 1; next <= SCHEMA_VERSION; next += 1) {
    const statements = migrations[next - 1] ?? '';
    const sqlTransaction = sql.transaction(() => {
      sql.exec(statements);
      sql.pragma(`user_version = ${next}`);
    });
    sqlTransaction.immediate();
  }
}

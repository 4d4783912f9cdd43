// SQLite's whole check of a file, indexes against their tables too: a start can't wait for that, whoever verifies can.
import type { Sql } from './open.ts';

/** What SQLite finds wrong, at most so much of it; empty when the file is sound. */
export function integrityFaults(sql: Sql, most: number): string[] {
  const rows = sql.pragma(`integrity_check(${most})`) as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

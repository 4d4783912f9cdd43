// An outbox row was marked sent and the journal has it unsent: the commit that marked it is lost, and with it the knowledge that
// something may be on its way.
import type { KnownHead } from './head-file.ts';
import type { Sql } from './open.ts';

export function lostMark(sql: Sql, { markedRow }: Pick<KnownHead, 'markedRow'>): string | null {
  const row = sql.prepare('SELECT state FROM outbox WHERE row_id = ?').get(markedRow) as
    | { state: string }
    | undefined;
  return row?.state === 'pending' ? `outbox row ${markedRow} was marked sent, and is not` : null;
}

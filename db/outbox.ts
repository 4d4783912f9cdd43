// The outbox table: what must be done after a commit, and how far it got.
import { assert } from '../core/domain/assert.ts';
import type { Commit, OutboxRow, SealedCode } from '../core/ports/journal.ts';
import type { Sql } from './open.ts';

/** A printer that is away for days leaves a row a sale: so many are read, and nothing else waits behind them. Those marked sent besides, of which a restore leaves any number: their papers are copies. */
const MOST_prints = 1000;

export type OutboxTable = {
  /** `sequence`: of the commit's newest record. */
  write(commit: Commit, sequence: number): void;
  /** Its rows that were marked sent by the commit itself. */
  sentIn(commit: Commit, sequence: number): number[];
  markSent(rowIds: readonly number[]): void;
  openRows(): readonly OutboxRow[];
  sealedCode(attemptId: string): SealedCode | null;
};

/** Of one commit. */
const MOST_rows = 1000;

/**
 * Never given twice, also not after its row was closed: what was performed is remembered by it. The journal's sequence grows
 * with each commit that has rows, since rows follow from records.
 */
function rowIdOf({ records }: Commit, sequence: number, index: number): number {
  assert(records.length > 0 && index < MOST_rows, 'rows of an outbox follow from records of the same commit');
  return sequence * MOST_rows + index;
}

/** Of a journal that is put back: nobody knows what of it has gone. */
export function markAllSent(sql: Sql): void {
  sql.prepare("UPDATE outbox SET state = 'sent'").run();
}

export function createOutboxTable(sql: Sql): OutboxTable {
  // Asked for after every event, changed by few, and by nobody else (lock.ts): forgotten before each change, also before one that fails.
  let known: OutboxRow[] | null = null;
  const insertRow = sql.prepare(
    'INSERT INTO outbox (row_id, kind, delivery_class, reference, count, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const closeRow = sql.prepare('DELETE FROM outbox WHERE row_id = ?');
  const closeReference = sql.prepare('DELETE FROM outbox WHERE reference = ?');
  const markRow = sql.prepare("UPDATE outbox SET state = 'sent' WHERE row_id = ?");
  const openRows = sql.prepare(
    `SELECT row_id AS rowId, kind, delivery_class AS deliveryClass, reference, count, state
     FROM outbox
     WHERE kind <> 'print' OR state = 'sent' OR row_id IN (SELECT row_id FROM outbox WHERE kind = 'print' ORDER BY row_id LIMIT ${MOST_prints})
     ORDER BY row_id`,
  );
  const putCode = sql.prepare(
    'INSERT OR REPLACE INTO sealed_code (attempt_id, key_id, nonce, box) VALUES (?, ?, ?, ?)',
  );
  const eraseCode = sql.prepare('DELETE FROM sealed_code WHERE attempt_id = ?');
  const getCode = sql.prepare(
    'SELECT attempt_id AS attemptId, key_id AS keyId, nonce, box FROM sealed_code WHERE attempt_id = ?',
  );
  return {
    write: (commit, sequence) => {
      const { closeRowIds, closeReferences, newRows } = commit;
      if (closeRowIds.length + closeReferences.length + newRows.length > 0) known = null;
      for (const rowId of closeRowIds) closeRow.run(rowId);
      for (const reference of closeReferences) closeReference.run(reference);
      for (const [index, row] of newRows.entries()) {
        const { kind, deliveryClass, reference, count, state = 'pending' } = row;
        insertRow.run(rowIdOf(commit, sequence, index), kind, deliveryClass, reference, count, state);
      }
      for (const code of commit.sealedCodes) putCode.run(code.attemptId, code.keyId, code.nonce, code.box);
      for (const attemptId of commit.eraseCodes) eraseCode.run(attemptId);
    },
    sentIn: (commit, sequence) =>
      commit.newRows.flatMap((row, index) =>
        row.state === 'sent' ? [rowIdOf(commit, sequence, index)] : [],
      ),
    markSent: sql.transaction((rowIds: readonly number[]) => {
      known = null;
      for (const rowId of rowIds) markRow.run(rowId);
    }).immediate,
    openRows: () => (known ??= openRows.all() as OutboxRow[]),
    sealedCode: (attemptId) => (getCode.get(attemptId) as SealedCode | undefined) ?? null,
  };
}

// Which of its papers a receipt still waits for, as its records say: they come out in order, so that a row of one that has come out
// is another receipt's row, or has another number. Of a whole fold: for the verification.
import { printProofOf } from '../core/domain/till/evolve.ts';
import type { TillRecord } from '../core/domain/till/records.ts';
import type { Sql } from './open.ts';

/** How many papers of each receipt came out, or may have: none of them has a row any more. */
export type EndedPapers = Map<string, number>;

export function countPaper(ended: EndedPapers, record: TillRecord): void {
  if (record.type !== 'receipt.printEnded' || printProofOf(record.body) === 'nothing') return;
  const { receiptId } = record.body;
  ended.set(receiptId, (ended.get(receiptId) ?? 0) + 1);
}

export function paperFaults(sql: Sql, ended: EndedPapers): string[] {
  const rows = sql
    .prepare("SELECT row_id AS rowId, reference, count FROM outbox WHERE kind = 'print' ORDER BY row_id")
    .all() as { rowId: number; reference: string; count: number }[];
  return rows
    .filter(({ reference, count }) => count < (ended.get(reference) ?? 0))
    .map(
      ({ rowId, reference }) => `outbox row ${rowId} names ${JSON.stringify(reference)}, which has come out`,
    );
}

// Writes the projections in the commit that appends the records they follow from.
import type { Commit } from '../core/ports/journal.ts';
import { documentOf } from '../core/domain/till/documents.ts';
import type { Period } from '../core/domain/report/period.ts';
import {
  attemptColumns,
  documentColumns,
  giveBackColumns,
  receiptColumns,
  saleColumns,
  scalarsOf,
  soldColumns,
} from './projection-columns.ts';
import type { Sql } from './open.ts';

function prepareWrites(sql: Sql) {
  return {
    till: sql.prepare(
      'INSERT INTO till (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    ),
    period: sql.prepare(
      'INSERT INTO period (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    ),
    sale: sql.prepare(
      'INSERT OR REPLACE INTO sale (sale_id, state, receipt_number, body) VALUES (?, ?, ?, ?)',
    ),
    // Each record of a payment writes its sale again, and hardly ever changes what it is found by: then no page is written.
    sold: sql.prepare(
      `INSERT INTO sold (number, sale_id, completed_at_ms, sums, wallets) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (number) DO UPDATE SET
         sale_id = excluded.sale_id, completed_at_ms = excluded.completed_at_ms, sums = excluded.sums, wallets = excluded.wallets
       WHERE (sold.sale_id, sold.completed_at_ms, sold.sums, sold.wallets)
         IS NOT (excluded.sale_id, excluded.completed_at_ms, excluded.sums, excluded.wallets)`,
    ),
    attempt: sql.prepare(
      `INSERT INTO attempt (attempt_id, order_number, sale_id, state, proven, deferred, amount_fen, code_hmac, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (attempt_id) DO UPDATE SET
         state = excluded.state, proven = excluded.proven, deferred = excluded.deferred, body = excluded.body`,
    ),
    receipt: sql.prepare(
      'INSERT OR REPLACE INTO receipt (receipt_id, number, kind, subject, body) VALUES (?, ?, ?, ?, ?)',
    ),
    giveBack: sql.prepare(
      `INSERT INTO give_back (give_back_id, request_number, sale_id, state, open, amount_fen, body)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (give_back_id) DO UPDATE SET state = excluded.state, open = excluded.open, body = excluded.body`,
    ),
    document: sql.prepare(
      'INSERT INTO document (document_id, kind, number, sale_id, sequence, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    exception: sql.prepare(
      'INSERT OR REPLACE INTO exception (attempt_id, reason, acquirer_code, at_ms) VALUES (?, ?, ?, ?)',
    ),
    exceptionClosed: sql.prepare('UPDATE exception SET closed = ? WHERE attempt_id = ?'),
  };
}

type Statements = ReturnType<typeof prepareWrites>;

function writeEntities(statements: Statements, commit: Commit): void {
  const { state } = commit;
  for (const saleId of commit.saleIds) {
    const sale = state.sales[saleId];
    if (!sale) continue;
    statements.sale.run(...saleColumns(sale), JSON.stringify(sale));
    const sold = soldColumns(sale, (attemptId) => state.attempts[attemptId]);
    if (sold !== null) statements.sold.run(...sold);
  }
  for (const attemptId of commit.attemptIds) {
    const attempt = state.attempts[attemptId];
    if (attempt) statements.attempt.run(...attemptColumns(attempt), JSON.stringify(attempt));
  }
  for (const receiptId of commit.receiptIds) {
    const receipt = state.receipts[receiptId];
    if (receipt) statements.receipt.run(...receiptColumns(receipt), JSON.stringify(receipt));
  }
  for (const giveBackId of commit.giveBackIds) {
    const giveBack = state.giveBacks[giveBackId];
    if (giveBack) statements.giveBack.run(...giveBackColumns(giveBack), JSON.stringify(giveBack));
  }
}

/** `sequence`: of the commit's last record. */
function writeRows(statements: Statements, commit: Commit, sequence: number): void {
  const first = sequence - commit.records.length + 1;
  commit.records.forEach((record, index) => {
    const found = documentOf(record);
    if (found !== null)
      statements.document.run(...documentColumns(found, first + index), JSON.stringify(found.body));
    if (record.type === 'exception.raised') {
      const { attemptId, reason, acquirerCode, at_ms } = record.body;
      statements.exception.run(attemptId, reason, acquirerCode, at_ms);
    }
    if (record.type === 'exception.closed')
      statements.exceptionClosed.run(record.body.how, record.body.attemptId);
  });
}

export function createWriter(sql: Sql): (commit: Commit, sequence: number) => void {
  const statements = prepareWrites(sql);
  let written: Period | null = null;
  return (commit, sequence) => {
    statements.till.run(JSON.stringify(scalarsOf(commit.state)));
    // Most commits post nothing: the period is the same object then.
    if (commit.state.period !== written) statements.period.run(JSON.stringify(commit.state.period));
    written = commit.state.period;
    writeEntities(statements, commit);
    writeRows(statements, commit, sequence);
  };
}

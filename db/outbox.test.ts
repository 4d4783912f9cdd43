// The outbox table: what may start is found however much paper waits before it.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { createOutboxTable } from './outbox.ts';

it('a payment is found behind any number of receipts that a broken printer never took', () => {
  const sql = new Database(':memory:');
  migrate(sql, ':memory:');
  const insert = sql.prepare(
    "INSERT INTO outbox (kind, delivery_class, reference, count, state) VALUES (?, ?, ?, 0, 'pending')",
  );
  sql.transaction(() => {
    for (let at = 0; at < 1500; at += 1) insert.run('print', 'mark-copy', `R${at}`);
    insert.run('authorize', 'once', 'P1');
  })();
  const rows = createOutboxTable(sql).openRows();
  expect(rows.find((row) => row.kind === 'authorize')).toMatchObject({ reference: 'P1', state: 'pending' });
  expect(rows.find((row) => row.kind === 'print')).toMatchObject({ reference: 'R0' });
  sql.close();
});

// The outbox table: what may start is found however much paper waits before it.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Commit } from '../core/ports/journal.ts';
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

it('what is remembered of the rows is what stands in the file, after each change and after one that was taken back', () => {
  const sql = new Database(':memory:');
  migrate(sql, ':memory:');
  const outbox = createOutboxTable(sql);
  const kinds = () => outbox.openRows().map(({ kind, state }) => `${kind} ${state}`);
  const none = { closeRowIds: [], closeReferences: [], newRows: [], sealedCodes: [], eraseCodes: [] };
  const write = (part: Partial<Commit>, sequence: number) =>
    outbox.write({ ...none, records: [{}], ...part } as unknown as Commit, sequence);
  const row = (kind: 'authorize' | 'inquire') =>
    ({ kind, deliveryClass: 'once', reference: 'P1', count: 1 }) as unknown as Commit['newRows'][number];

  write({ newRows: [row('authorize')] }, 1);
  expect(kinds()).toEqual(['authorize pending']);
  const failing = sql.transaction(() => {
    write({ closeReferences: ['P1'], newRows: [row('inquire')] }, 2);
    throw new Error('the disk is full');
  });
  expect(failing).toThrow('the disk is full');
  expect(kinds()).toEqual(['authorize pending']);
  outbox.markSent(outbox.openRows().map(({ rowId }) => rowId));
  expect(kinds()).toEqual(['authorize sent']);
  write({ closeRowIds: outbox.openRows().map(({ rowId }) => rowId) }, 3);
  expect(kinds()).toEqual([]);
  sql.close();
});

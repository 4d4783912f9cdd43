// The commit that marks a payment sent holds no record: cut off by a flipped bit in the WAL, the payment would look unsent, and be
// called "not charged" while the customer pays.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDrivenTill } from '../fixtures/databases/till.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

it('a mark that the journal has lost is E-DB-03, and no sound journal', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-mark-'));
  const state = join(directory, 'state');
  const cut = join(directory, 'journal.db-wal');
  const till = openDrivenTill(state);
  till.route(true);
  const attemptId = till.sell('130123456789012345');
  copyFileSync(join(state, 'journal.db-wal'), cut);
  const rows = till.store.openRows().filter(({ reference }) => reference === attemptId);
  till.store.markSent(rows.map(({ rowId }) => rowId));
  const other = join(directory, 'other');
  openStore(other).close();
  for (const name of ['journal.db', 'head']) copyFileSync(join(state, name), join(other, name));
  copyFileSync(cut, join(other, 'journal.db-wal'));
  till.close();
  expect(verifyStateDirectory(other)).toMatchObject({ ok: false, fault: { problem: 'missing' } });
  expect(() => openStore(other)).toThrow(expect.objectContaining({ code: 'E-DB-03' }));
  openStore(state).close();
  rmSync(directory, { recursive: true });
});

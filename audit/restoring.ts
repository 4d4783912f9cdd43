// A till that was restored from a backup: its chain goes on after the backup's, its printed numbers after a jump.
import { type Books, fault, mustBe } from './books.ts';
import { rebaseNumbers } from './numbers.ts';
import type { Body } from './record-shapes.ts';

/** docs/reports.md: so many Z and X have room in one epoch. */
const REPORTS_per_epoch = 100_000;

export function tillRestored(books: Books, body: Body<'till.restored'>): void {
  const { epoch, backup, lost, at_ms } = body;
  mustBe(books, 'backup.sequence', backup.sequence, books.sequence - 1);
  mustBe(books, 'backup.hash', backup.hash, books.head);
  if (epoch <= books.epoch) fault(books, 'epoch', `${epoch} was used before`);
  books.epoch = epoch;
  const base = (epoch - 1) * REPORTS_per_epoch;
  books.period.zNumber = base + (books.period.zNumber % REPORTS_per_epoch);
  books.xTaken = base + (books.xTaken % REPORTS_per_epoch);
  rebaseNumbers(books, epoch);
  const lostSequence = lost === null ? null : lost.sequence;
  books.restored = { epoch, sequence: backup.sequence, lostSequence, at_ms, confirmed: null };
}

export function restoreConfirmed(books: Books, body: Body<'restore.confirmed'>): void {
  if (books.restored === null || books.restored.confirmed !== null) {
    fault(books, 'reason', 'no restore waits for it');
    return;
  }
  const { operatorId, reason, at_ms } = body;
  books.restored = { ...books.restored, confirmed: { operatorId, reason, at_ms } };
}

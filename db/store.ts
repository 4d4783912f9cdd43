// The Store port over one SQLite file: opened, migrated, checked for a lost tail, then the only writer.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../core/ports/journal.ts';
import { createDocuments } from './documents.ts';
import { rewrite, syncNamesTo } from './durable.ts';
import { HEAD_FILE, openHeadFile } from './head-file.ts';
import { DatabaseRefused } from './errors.ts';
import { assertMayOpen } from './inspect.ts';
import { createJournalTable } from './journal.ts';
import { assertNoLaterBackup } from './later-backup.ts';
import { lazily } from './lazily.ts';
import { assertLivingRows } from './living-rows.ts';
import { type Lock, takeLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { openSql, refusalFor, type Sql } from './open.ts';
import { createOutboxTable } from './outbox.ts';
import { outboxFaults } from './outbox-faults.ts';
import { paperTag } from './paper-tag.ts';
import { createProjections } from './projections.ts';
import { assertNoUnfinishedRestore } from './restore-mark.ts';

export const JOURNAL_FILE = 'journal.db';

function buildStore(sql: Sql, directory: string, release: () => void): Store {
  const journal = createJournalTable(sql);
  const projections = createProjections(sql);
  const outbox = createOutboxTable(sql);
  const documents = lazily(() => createDocuments(sql));
  const headFile = openHeadFile(join(directory, HEAD_FILE), journal.head());
  const commitAll = sql.transaction((commit: Parameters<Store['commit']>[0]) => {
    const head = journal.append(commit.at, commit.records);
    projections.write(commit, head.sequence);
    outbox.write(commit, head.sequence);
    return head;
  }).immediate;
  return {
    head: journal.head,
    newestAt: journal.newestAt,
    clockSetBy_ms: journal.clockSetBy_ms,
    clockStepsAmong: journal.clockStepsAmong,
    firstTaken: journal.firstTaken,
    paperTag: (paperId) => paperTag(journal, paperId),
    load: () => loadSound(projections.load),
    loadAttempt: projections.attempt,
    attemptsNaming: projections.attemptsNaming,
    soldSaleIds: projections.soldSaleIds,
    loadSale: projections.sale,
    loadReceipt: projections.receipt,
    loadGiveBack: projections.giveBack,
    giveBacksOf: projections.giveBacksOf,
    loadDocument: (documentId) => documents().one(documentId),
    documents: (kinds, limit) => documents().newest(kinds, limit),
    documentsNaming: (kind, text) => documents().naming(kind, text),
    saleByReceiptNumber: projections.saleByReceiptNumber,
    journalAfter: journal.after,
    hasHash: journal.hasHash,
    commit: (commit) => {
      const head = commitAll(commit);
      headFile.write(head);
      const marked = commit.newRows.length > 0 ? outbox.sentIn(commit, head.sequence) : [];
      if (marked.length > 0) headFile.mark(marked);
      return head;
    },
    markSent: (rowIds) => {
      outbox.markSent(rowIds);
      if (rowIds.length > 0) headFile.mark(rowIds);
    },
    openRows: outbox.openRows,
    sealedCode: outbox.sealedCode,
    codeUse: projections.codeUse,
    exceptions: projections.exceptions,
    close: () => {
      headFile.close();
      sql.close();
      release();
    },
  };
}

/** Rows that a bad disk has changed and SQLite finds in order. @throws DatabaseRefused E-DB-01. */
function loadSound<Loaded>(load: () => Loaded): Loaded {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DatabaseRefused('E-DB-01', `a row of the till's state is damaged: ${error.message}`);
  }
}

function assertOutbox(sql: Sql, file: string): void {
  const [fault] = outboxFaults(sql);
  if (fault !== undefined) throw new DatabaseRefused('E-DB-01', `${file}: ${fault}`);
}

/** The lock of a state directory, held until it is released or the process ends. @throws DatabaseRefused E-DB-05, -06. */
export function claimStateDirectory(directory: string): Lock {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Once: before the first record is told to anybody.
    if (!existsSync(join(directory, JOURNAL_FILE))) syncNamesTo(directory);
  } catch (error) {
    throw refusalFor(error, directory);
  }
  return takeLock(directory);
}

/**
 * `held`: the caller's own claim, which stays the caller's; without it the store claims the directory for as long as it is open.
 * `backups`: where this journal's may lie, which may prove that it was put back; without it nothing is asked.
 * @throws DatabaseRefused: damaged, newer, tail lost, or held by another core. Nothing is written before those checks.
 */
export function openStore(directory: string, held?: Lock, backups?: string): Store {
  const lock = held ? { release: () => undefined } : claimStateDirectory(directory);
  const file = join(directory, JOURNAL_FILE);
  let sql: Sql | null = null;
  try {
    assertNoUnfinishedRestore(directory);
    assertMayOpen(directory, file);
    if (backups !== undefined) assertNoLaterBackup(file, backups);
    // Left by a core that did not end in order, perhaps for a sync that failed: nothing is built on it before it is safe.
    if (existsSync(`${file}-wal`)) rewrite(`${file}-wal`);
    const opened = openSql(file);
    sql = opened;
    migrate(sql, file);
    assertOutbox(sql, file);
    loadSound(() => assertLivingRows(opened, file));
    return buildStore(sql, directory, lock.release);
  } catch (error) {
    sql?.close();
    lock.release();
    throw refusalFor(error, file);
  }
}

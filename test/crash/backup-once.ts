// One backup in the main thread of a program of its own, as the worker thread of a core makes it: for strace, which counts by thread.
//   node test/crash/backup-once.ts STATE DIRECTORY KEEP AT [--planted]
import { join } from 'node:path';
import { makeBackup } from '../../db/backup.ts';
import { copyJournal } from '../../db/backup-copy.ts';
import { backupName } from '../../db/backup-files.ts';
import { journalMark } from '../../db/backup-origin.ts';
import { openSql } from '../../db/open.ts';
import { JOURNAL_FILE } from '../../db/store.ts';
import { EXIT_damaged, EXIT_notMade } from './backup-exits.ts';

// In the name of what is half made: strace is told of each file beforehand. No living process has it, so that the next backup knows it for dead.
Object.defineProperty(process, 'pid', { value: 4_999_999 });

const [, , state = '', directory = '', keep = '', at = '', planted] = process.argv;

/** The mistake that the sweep must find: the name that counts is there before the copy is whole. */
function copyUnderItsName(): void {
  const source = openSql(join(state, JOURNAL_FILE), { readonly: true });
  const { sequence } = source.prepare('SELECT max(sequence) AS sequence FROM journal').get() as {
    sequence: number;
  };
  copyJournal(
    source,
    join(directory, backupName({ mark: journalMark(join(state, JOURNAL_FILE)), at, epoch: 1, sequence })),
  );
  source.close();
}

if (planted === undefined) {
  const made = makeBackup({ state, directory, keep: Number(keep), at });
  if (!made.ok) process.exit(made.code === 'E-BAK-01' ? EXIT_notMade : EXIT_damaged);
} else {
  try {
    copyUnderItsName();
  } catch {
    process.exit(EXIT_notMade);
  }
}

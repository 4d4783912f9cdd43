// A state directory that was put back whole (a copy, an image of the disk) agrees with itself: its `head` is as old as its journal.
// A backup that goes further is a witness of what is gone. Without a restore, receipt numbers would come twice, and what was
// answered since would be sent again.
import Database from 'better-sqlite3';
import { type BackupFile, laterBackup } from './backup-files.ts';
import { epochIn, journalMark, NO_MARK } from './backup-origin.ts';
import { DatabaseRefused, isOfSystem } from './errors.ts';
import { openSql } from './open.ts';

type Reached = Pick<BackupFile, 'mark' | 'epoch' | 'sequence'>;

function readReached(file: string): Reached {
  const sql = openSql(file, { readonly: true });
  try {
    const { end } = sql.prepare('SELECT coalesce(max(sequence), 0) AS end FROM journal').get() as {
      end: number;
    };
    return { mark: journalMark(file), epoch: epochIn(sql), sequence: end };
  } finally {
    sql.close();
  }
}

/** Null: it holds nothing yet, or what it holds can't be read, which the start that comes after this says in its own words. */
function reachedBy(file: string): Reached | null {
  try {
    const reached = readReached(file);
    return reached.mark === NO_MARK ? null : reached;
  } catch (error) {
    const isOfFile = error instanceof DatabaseRefused || error instanceof Database.SqliteError;
    if (isOfFile || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A directory that is away, or can't be read, keeps no till from starting. */
function witnessIn(directory: string, reached: Reached): ReturnType<typeof laterBackup> {
  try {
    return laterBackup(directory, reached);
  } catch (error) {
    if (isOfSystem(error)) return null;
    throw error;
  }
}

/** Reads only. @throws DatabaseRefused E-DB-03. */
export function assertNoLaterBackup(file: string, directory: string): void {
  const reached = reachedBy(file);
  const witness = reached === null ? null : witnessIn(directory, reached);
  if (reached === null || witness === null) return;
  throw new DatabaseRefused(
    'E-DB-03',
    `the journal ends at record ${reached.sequence} (epoch ${reached.epoch}), but its backup ${witness.file} goes to record ${witness.sequence} ` +
      `(epoch ${witness.epoch}): an older copy was put back; \`yima restore --from\` that backup`,
  );
}

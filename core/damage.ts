// A core that ends by a defect starts again; one that a damaged journal ends would do so for ever, without a word. After such
// an end, and when a start itself fails, the whole journal is verified: damage refuses with its code, a defect stays a defect.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRefused } from '../db/errors.ts';
import { refusalFor } from '../db/open.ts';
import { verifyStateDirectory } from '../db/verify.ts';

const MARK_FILE = 'ended-by-defect';

/** For the next start. A disk that can't even take this is for that start to find. */
export function markDefect(stateDirectory: string): void {
  try {
    writeFileSync(join(stateDirectory, MARK_FILE), '', { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`core: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/**
 * A defect that the till outlives: told like one that ends it, and the next start verifies, for damage may be behind it. What the database itself
 * says is no such defect: thrown.
 */
export function outliveDefect(stateDirectory: string, error: unknown): void {
  if (codeOf(error).startsWith('SQLITE_')) throw error;
  process.stderr.write(`core: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  markDefect(stateDirectory);
}

/** @throws DatabaseRefused E-DB-04 when the journal does not verify. */
function assertVerified(stateDirectory: string, after: string): void {
  const { ok, fault, differences } = verifyStateDirectory(stateDirectory);
  if (ok) return;
  const found = fault === null ? differences.slice(0, 3).join('; ') : fault.detail;
  throw new DatabaseRefused('E-DB-04', `${found} (found after: ${after})`);
}

export function assertNoDamageBehindDefect(stateDirectory: string): void {
  const mark = join(stateDirectory, MARK_FILE);
  if (!existsSync(mark) || !existsSync(join(stateDirectory, 'journal.db'))) return;
  // Gone before: a verification that takes too long or too much memory must not come again at each start of a sound till.
  rmSync(mark);
  try {
    assertVerified(stateDirectory, 'the program ended by a defect');
  } catch (error) {
    markDefect(stateDirectory);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('E-');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** SQLite's word or the system's. */
function isOfDisk(error: unknown): boolean {
  return /^(SQLITE_(FULL|IOERR|READONLY)|ENOSPC$|EDQUOT$|EIO$|EROFS$)/.test(codeOf(error));
}

/** What a start throws: a refusal as it is; anything else only when the journal is sound. */
export function explained(error: unknown, stateDirectory: string): unknown {
  if (isRefusal(error)) return error;
  const refusal = () => refusalFor(error, join(stateDirectory, 'journal.db'));
  // A full disk lets the journal be opened, and not be written: started again and again, the till would never say why. It says so before a
  // long journal is verified, for which the host would not wait (main/core-host.ts).
  if (isOfDisk(error)) return refusal();
  try {
    assertVerified(stateDirectory, error instanceof Error ? error.message : String(error));
  } catch (found) {
    return found;
  }
  // A corrupt page may be found by the first write alone.
  return codeOf(error).startsWith('SQLITE_CORRUPT') ? refusal() : error;
}

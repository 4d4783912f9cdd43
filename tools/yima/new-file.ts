// A file that a command writes where its argument says: made anew, for its owner alone, and not among the till's own. What stands there
// already may be the till's key, its configuration, or the only copy of something.
import { closeSync, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { Refused } from './program.ts';
import { assertOutside } from './state-folder.ts';

function taken(file: string): Refused {
  return new Refused(
    `${file} is there already, and stays: name another file, or move that one away first; nothing was written`,
  );
}

/** Before the work is done whose outcome the file is for. A link is there, too, wherever it leads. @throws Refused */
export function assertNew(state: string, file: string): void {
  assertOutside(state, file);
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) throw taken(file);
}

/** What the file system said, as a refusal; any other error is a defect, and comes back as it is. */
export function notWritten(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
  return isTaken ? taken(file) : new Refused(`${file} is not written: ${error.message}`, { cause: error });
}

/** Whole or not at all: half of one would keep its name from the next try. @throws Refused */
export function writeNew(file: string, text: string): void {
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(handle, text);
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw notWritten(file, error);
  }
}

// The `head` file: sequence and chain head of the last commit, and the last outbox row marked sent, written after each of them and
// not synced. A journal that ends before it has lost its tail (one flipped WAL bit cuts acknowledged commits silently;
// integrity_check then still says ok). Without the mark, a payment that was let go would look as if it had not been.
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

export const HEAD_FILE = 'head';

/** `markedRow`: 0 when nothing was marked sent yet. */
export type KnownHead = { sequence: number; hash: string; markedRow: number };

/** One short fixed-width line, so that it is overwritten in place and never half longer. */
function lineOf({ sequence, hash, markedRow }: KnownHead): string {
  return `${String(sequence).padStart(15, '0')} ${hash} ${String(markedRow).padStart(16, '0')}\n`;
}

export type HeadFile = {
  write(head: { sequence: number; hash: string }): void;
  mark(rowIds: readonly number[]): void;
  close(): void;
};

/** `head`: of the journal as it was opened. */
export function openHeadFile(file: string, head: { sequence: number; hash: string }): HeadFile {
  let known: KnownHead = { sequence: 0, hash: '', markedRow: 0 };
  const markedRow = readHeadFile(file)?.markedRow ?? 0;
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600);
  const put = (next: KnownHead): void => {
    known = next;
    writeSync(descriptor, lineOf(known), 0);
  };
  // One that was torn, or longer by something, would prove nothing for ever.
  put({ ...head, markedRow });
  ftruncateSync(descriptor, lineOf(known).length);
  return {
    write: ({ sequence, hash }) => put({ ...known, sequence, hash }),
    mark: (rowIds) => put({ ...known, markedRow: Math.max(known.markedRow, ...rowIds) }),
    close: () => closeSync(descriptor),
  };
}

/**
 * Null when there is none or when it is torn (a power cut in its own write): then it proves nothing either way. Programs before
 * wrote no mark.
 */
export function readHeadFile(file: string): KnownHead | null {
  if (!existsSync(file)) return null;
  const match = /^(\d{15}) ([0-9a-f]{64})(?: (\d{16}))?\n$/.exec(readFileSync(file, 'latin1'));
  if (!match?.[1] || !match[2]) return null;
  return { sequence: Number(match[1]), hash: match[2], markedRow: Number(match[3] ?? 0) };
}

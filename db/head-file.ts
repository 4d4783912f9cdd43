// The `head` file: sequence and chain head of the last commit, written after it and not synced. A journal that ends before
// it has lost its tail (one flipped WAL bit cuts acknowledged commits silently; integrity_check then still says ok).
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

export const HEAD_FILE = 'head';

/** One short fixed-width line, so that it is overwritten in place and never half longer. */
function lineOf(head: { sequence: number; hash: string }): string {
  return `${String(head.sequence).padStart(15, '0')} ${head.hash}\n`;
}

export type HeadFile = { write(head: { sequence: number; hash: string }): void; close(): void };

export function openHeadFile(file: string): HeadFile {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600);
  return {
    write: (head) => {
      writeSync(descriptor, lineOf(head), 0);
    },
    close: () => closeSync(descriptor),
  };
}

/** Null when there is none or when it is torn (a power cut in its own write): then it proves nothing either way. */
export function readHeadFile(file: string): { sequence: number; hash: string } | null {
  if (!existsSync(file)) return null;
  const match = /^(\d{15}) ([0-9a-f]{64})\n$/.exec(readFileSync(file, 'latin1'));
  if (!match?.[1] || !match[2]) return null;
  return { sequence: Number(match[1]), hash: match[2] };
}

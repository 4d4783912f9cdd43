// The journal's chain as its format is documented: each hash covers the one before it and the record's own text.
import { hash } from 'node:crypto';

/** One line of an export. `body` is the exact text that was hashed. */
export type JournalRow = { sequence: number; at: string; type: string; body: string; hash: string };

export const CHAIN_START = '0'.repeat(64);

export function linkOf(previous: string, row: Omit<JournalRow, 'hash'>): string {
  return hash('sha256', [previous, row.sequence, row.at, row.type, row.body].join('\n'));
}

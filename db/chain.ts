// The journal's hash chain: each record's hash covers the one before it, so that no record can be altered, dropped or moved.
import { hash } from 'node:crypto';

export const GENESIS = '0'.repeat(64);

export type JournalRow = { sequence: number; at: string; type: string; body: string; hash: string };

/** SHA-256 over the hash before and the record's own text, fields parted by newlines (JSON text holds none). */
export function chainHash(previous: string, row: Omit<JournalRow, 'hash'>): string {
  return hash('sha256', `${previous}\n${row.sequence}\n${row.at}\n${row.type}\n${row.body}`);
}

/**
 * Whether this row is the record that was written behind `previous`. One flipped bit of SQLite's row format makes a text a blob of
 * the same bytes: it hashes the same, and reads as another thing.
 */
export function isWhole(previous: string, row: JournalRow): boolean {
  const texts: unknown[] = [row.at, row.type, row.body, row.hash];
  return texts.every((text) => typeof text === 'string') && chainHash(previous, row) === row.hash;
}

export type ChainFault = { sequence: number; problem: 'altered' | 'missing' | 'reordered'; detail: string };

/** Checks rows in the order given; returns the head and the first fault, naming the record. */
export function verifyChain(rows: Iterable<JournalRow>): {
  sequence: number;
  hash: string;
  fault: ChainFault | null;
} {
  let previous = { sequence: 0, hash: GENESIS };
  for (const row of rows) {
    const expected = previous.sequence + 1;
    if (row.sequence !== expected) {
      const problem = row.sequence > expected ? 'missing' : 'reordered';
      const detail = `record ${expected} expected, record ${row.sequence} found`;
      return { ...previous, fault: { sequence: expected, problem, detail } };
    }
    if (!isWhole(previous.hash, row)) {
      const detail = `record ${row.sequence} (${row.type}) does not match its hash`;
      return { ...previous, fault: { sequence: row.sequence, problem: 'altered', detail } };
    }
    previous = { sequence: row.sequence, hash: row.hash };
  }
  return { ...previous, fault: null };
}

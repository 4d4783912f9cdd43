// An export as `yima journal export` writes it: one record per line, as JSON.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JournalRow } from './chain.ts';

/** A line that is no record: the message names its number. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new BadLine(
      `line ${number} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The body was hashed as text; writing the parsed body again gives the same text, or the chain shows that it doesn't. */
export function rowOf(line: string, number: number): JournalRow {
  const value = parsed(line, number);
  if (typeof value !== 'object' || value === null) throw new BadLine(`line ${number} is not a record`);
  const { sequence, at, type, body, hash } = value as Record<string, unknown>;
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence)) {
    throw new BadLine(`line ${number}: sequence is not a whole number`);
  }
  for (const [name, text] of Object.entries({ at, type, hash })) {
    if (typeof text !== 'string') throw new BadLine(`line ${number}: ${name} is not a text`);
  }
  if (body === undefined) throw new BadLine(`line ${number}: body is missing`);
  return { sequence, at, type, body: JSON.stringify(body), hash } as JournalRow;
}

/** `-` is the standard input. Empty lines are passed over. */
export async function* readRows(file: string): AsyncGenerator<JournalRow> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield rowOf(line, number);
  }
}

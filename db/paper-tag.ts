// By what a till knows its own papers again: ids begin alike on every till, and on the same till after a new installation.
import { hash } from 'node:crypto';
import type { JournalTable } from './journal.ts';

const TAG_characters = 8;

/**
 * Of the journal's first record, which holds the moment of the installation: a restore keeps it, another terminal code leaves it as it
 * is, and no other till has it. The id goes into it, so that no two tills are alike for every paper where only the first letters fit.
 */
export function paperTag(journal: Pick<JournalTable, 'after'>, paperId: string): string {
  const [first] = journal.after(0, 1);
  const digest = BigInt(`0x${hash('sha256', `${first?.hash ?? ''}\n${paperId}`)}`);
  return digest.toString(36).toUpperCase().slice(-TAG_characters);
}

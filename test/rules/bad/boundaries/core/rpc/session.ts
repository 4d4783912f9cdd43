import type { Journal } from '../../db/journal.ts';
export type Session = Journal;

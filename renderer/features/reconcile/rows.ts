// The one list of the page: bills in the folder, then what was compared already.
import { shopDate } from '../../lib/format.ts';
import type { BillFile, BillsFound, ReconciliationRow } from '../../../contract/reconciliation.ts';

/** `isCompared`: there is a result of a file of this name, below; it can be compared again. */
export type Row =
  | { kind: 'file'; file: BillFile; isCompared: boolean }
  | { kind: 'done'; done: ReconciliationRow };

/** New ones first: they are what the page is for. */
export function rowsOf({ files, done }: BillsFound): Row[] {
  const compared = new Set(done.map(({ file }) => file));
  const rows = files.map((file): Row => ({ kind: 'file', file, isCompared: compared.has(file.file) }));
  const isOld = (row: Row): boolean => row.kind === 'file' && row.isCompared;
  return [
    ...rows.filter((row) => !isOld(row)),
    ...rows.filter(isOld),
    ...done.map((one): Row => ({ kind: 'done', done: one })),
  ];
}

/** It can be compared: one of our acquirers', of a route that we have. */
export function isComparable({ rail, routeIds }: BillFile): boolean {
  return rail !== null && routeIds.length > 0;
}

/** How a compared bill stands. Lines that no row shows are no agreement: `others` are other tills', of `unsorted` nobody knows whose. */
export type Stand = 'open' | 'unsorted' | 'settled' | 'others' | 'agrees';

type StandAsked = Pick<ReconciliationRow, 'differences' | 'open' | 'others'>;

export function standOf({ differences, open, others }: StandAsked): Stand {
  if (open > 0) return 'open';
  if (!others.areSorted) return 'unsorted';
  if (differences > 0) return 'settled';
  return others.count > 0 ? 'others' : 'agrees';
}

const DAY_ms = 24 * 3_600_000;
/** A payment is in dispute when it can be reversed no more, after up to seven days: the bill of its day is still offered then, and once more the day after. */
const OFFERED_days = 9;

/** The days whose bill can be fetched, the newest first. */
export function offeredDays(now_ms: number): string[] {
  return Array.from({ length: OFFERED_days }, (_, index) => shopDate(now_ms - (index + 1) * DAY_ms));
}

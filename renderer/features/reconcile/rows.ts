// The one list of the page: bills in the folder, then what was compared already.
import type { BillFile, BillsFound, ReconciliationRow } from '../../../contract/reconciliation.ts';

export type Row = { kind: 'file'; file: BillFile } | { kind: 'done'; done: ReconciliationRow };

/** A file that was compared stands below, with what came of it, and no more above: unless it has changed its day since. */
export function rowsOf({ files, done }: BillsFound): Row[] {
  const compared = new Map(done.map((one) => [one.file, one.at_ms]));
  const fresh = files.filter(({ file, modifiedAt_ms }) => (compared.get(file) ?? 0) < modifiedAt_ms);
  return [
    ...fresh.map((file): Row => ({ kind: 'file', file })),
    ...done.map((one): Row => ({ kind: 'done', done: one })),
  ];
}

/** It can be compared: one of our acquirers', of a route that we have. */
export function isComparable({ rail, routeIds }: BillFile): boolean {
  return rail !== null && routeIds.length > 0;
}

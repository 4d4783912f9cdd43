// The second computation: takes a journal row by row, checks its chain and its sums, and recomputes every report in it.
// It knows docs/reports.md and nothing of the program that wrote the journal.
import { type Books, fault, newBooks } from './books.ts';
import { type JournalRow, linkOf } from './chain.ts';
import { differences } from './differences.ts';
import { newPeriod } from './period.ts';
import { post } from './posting.ts';
import { type Body, isRecordType } from './record-shapes.ts';
import { recompute } from './recompute.ts';
import type { Asked, Report } from './report.ts';

/** A report that the journal holds. `differences`: `path: journal != recomputed`. */
export type Compared = { sequence: number; kind: 'x' | 'z'; number: number | null; differences: string[] };

export type Audit = {
  /** Rows in the order of the journal, from record 1; each costs the same, however long the journal is. */
  take(row: JournalRow): void;
  /** The report that the rows taken so far amount to. */
  report(asked: Asked): Report;
  /** What does not hold, each with the number of the record and the field. */
  readonly faults: readonly string[];
  /** Every X and Z that the journal holds, in order. */
  readonly reports: readonly Compared[];
  readonly records: number;
};

type Reported = Body<'report.taken'>['report'];

/** What the journal's report claims against what its records amount to; then the count or the period goes on. */
function compare(books: Books, kind: 'x' | 'z', found: Reported, lastSequence: number): Compared {
  const { takenAt_ms, operatorId, terminalCode } = found;
  const due = recompute(books, { kind, takenAt_ms, operatorId, terminalCode }, lastSequence);
  const differing = differences(found, due);
  for (const each of differing) fault(books, `report.${each}`, 'is not what the records amount to');
  if (kind === 'x') books.xTaken += 1;
  else {
    books.period = newPeriod(books.period.zNumber + 1, books.sequence + 1);
    if (books.restored?.confirmed) books.restored = null;
  }
  const number = kind === 'x' ? due.xNumber : due.zNumber;
  return { sequence: books.sequence, kind, number, differences: differing };
}

function checkChain(books: Books, row: JournalRow, lastSequence: number): void {
  if (row.sequence !== lastSequence + 1) {
    fault(books, 'sequence', `follows record ${lastSequence}`);
  }
  if (linkOf(books.head, row) !== row.hash)
    fault(books, 'hash', 'does not match the record and the one before');
}

function parsed(books: Books, row: JournalRow): unknown {
  try {
    return JSON.parse(row.body);
  } catch (error) {
    fault(books, 'body', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

export function createAudit(): Audit {
  const books = newBooks();
  const reports: Compared[] = [];
  let records = 0;

  function take(row: JournalRow): void {
    const lastSequence = books.sequence;
    books.sequence = row.sequence;
    books.type = row.type;
    records += 1;
    checkChain(books, row, lastSequence);
    const body = parsed(books, row);
    if (!isRecordType(row.type)) fault(books, 'type', 'is not known');
    else if (body !== undefined) {
      const problem = post(books, row.type, body);
      if (problem !== null) fault(books, problem.path, problem.what);
      else if (row.type === 'report.taken' || row.type === 'day.closed') {
        const kind = row.type === 'day.closed' ? 'z' : 'x';
        reports.push(compare(books, kind, (body as Body<'report.taken'>).report, lastSequence));
      }
    }
    books.head = row.hash;
  }

  return {
    take,
    report: (asked) => structuredClone(recompute(books, asked, books.sequence)),
    faults: books.faults,
    reports,
    get records() {
      return records;
    },
  };
}

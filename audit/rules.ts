// By which rules the reports are made: as the last start said (docs/reports.md). What an older program sealed is recomputed by its rules.
import { type Books, fault } from './books.ts';
import { countOverride } from './period.ts';
import type { Body } from './record-shapes.ts';

const OLDEST = 1;
const NEWEST = 2;

/** Since 2. */
export function tellsAllEnds({ reportRules }: Books): boolean {
  return reportRules >= 2;
}

function setRules(books: Books, said = OLDEST): void {
  if (said < OLDEST || said > NEWEST) fault(books, 'reportRules', `${said} is not known`);
  books.reportRules = said;
}

export function tillInstalled(books: Books, { reportRules }: Body<'till.installed'>): void {
  setRules(books, reportRules);
}

export function coreStarted(books: Books, { reportRules }: Body<'core.started'>): void {
  setRules(books, reportRules);
  books.period.control.restarts += 1;
}

export function findingSettled(books: Books, { adjustment }: Body<'finding.settled'>): void {
  if (tellsAllEnds(books)) countOverride(books.period, adjustment.operatorId, adjustment.approverId);
}

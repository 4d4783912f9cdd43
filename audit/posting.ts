// Which record is posted how. Records that are not named here change no figure and carry nothing that others refer to.
import type { Books } from './books.ts';
import * as counter from './counter.ts';
import * as givingBack from './giving-back.ts';
import { takeReceiptId } from './numbers.ts';
import * as payments from './payments.ts';
import { type Body, recordShapes, type RecordType } from './record-shapes.ts';
import * as restoring from './restoring.ts';
import * as rules from './rules.ts';
import * as selling from './selling.ts';
import * as writtenOff from './written-off.ts';

type Posting = { [Type in RecordType]: (books: Books, body: Body<Type>) => void };

function nothingToPost(): void {
  // No figure follows from it.
}

function countControl(name: 'wrongPins' | 'locks' | 'clockSteps') {
  return ({ period }: Books): void => {
    period.control[name] += 1;
  };
}

const postings: Posting = {
  'sale.opened': selling.opened,
  'sale.lineAdded': selling.lineAdded,
  'sale.quantitySet': selling.quantitySet,
  'sale.lineRemoved': selling.lineRemoved,
  'sale.tendering': selling.tendering,
  'sale.reopened': selling.reopened,
  'sale.parked': selling.parked,
  'sale.recalled': selling.recalled,
  'sale.walletPartSet': selling.known,
  'sale.cashTaken': selling.cashTaken,
  'sale.cancelling': selling.cancelling,
  'sale.cancelled': selling.cancelled,
  'sale.completed': selling.completed,
  'sale.confirmed': selling.confirmed,
  'sale.collecting': selling.collecting,
  'sale.left': selling.left,
  'payment.opened': payments.opened,
  'payment.moved': payments.moved,
  'payment.noted': payments.noted,
  'exception.raised': payments.exceptionRaised,
  'exception.closed': payments.exceptionClosed,
  'writeOff.takenBack': writtenOff.takenBack,
  'return.opened': givingBack.returnOpened,
  'return.slipAsked': givingBack.returnSlipAsked,
  'giveBack.opened': givingBack.giveBackOpened,
  'giveBack.moved': givingBack.giveBackMoved,
  'giveBack.noted': givingBack.giveBackNoted,
  'giveBack.slipAsked': givingBack.giveBackSlipAsked,
  'giveBack.retried': givingBack.retried,
  'giveBack.lossSeen': givingBack.lossSeen,
  'giveBack.checked': givingBack.checked,
  'giveBack.paidInCash': givingBack.paidInCash,
  'shift.opened': counter.shiftOpened,
  'shift.closed': counter.shiftClosed,
  'cash.moved': counter.cashMoved,
  'drawer.asked': counter.drawerAsked,
  'drawer.ended': counter.drawerEnded,
  // Reports are compared by whoever posts them (audit.ts), and then count as papers.
  'report.taken': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'day.closed': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'report.differed': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'evidence.given': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'code.printed': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'bill.compared': (books, body) => takeReceiptId(books, 'receiptId', body.receiptId),
  'finding.settled': rules.findingSettled,
  'batch.settled': nothingToPost,
  'till.installed': rules.tillInstalled,
  'till.restored': restoring.tillRestored,
  'restore.confirmed': restoring.restoreConfirmed,
  'core.started': rules.coreStarted,
  'clock.stepped': countControl('clockSteps'),
  'operator.signedIn': nothingToPost,
  'operator.signedOut': nothingToPost,
  'operator.pinWrong': countControl('wrongPins'),
  'operator.pinCleared': nothingToPost,
  'till.locked': countControl('locks'),
  'till.languageSet': nothingToPost,
  'route.changed': nothingToPost,
  'receipt.reprintAsked': counter.reprintAsked,
  'receipt.printEnded': counter.receiptNamed,
};

/** Names the first field whose shape is wrong, else posts the record. */
export function post(books: Books, type: RecordType, body: unknown): { path: string; what: string } | null {
  const problem = recordShapes[type](body);
  if (problem !== null) return problem;
  if (!writtenOff.beforeTakenBack.has(type)) writtenOff.checkTakenBack(books);
  (postings[type] as (books: Books, body: unknown) => void)(books, body);
  return null;
}

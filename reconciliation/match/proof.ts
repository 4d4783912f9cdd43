// Which lines of a bill prove that money has gone back: a give-back of ours by the line that names it, whole, as done; a payment by all that the
// bill has of it.
import type { BillEntry, Rail } from '../bills/bill.ts';
import { sumOf } from '../bills/sums.ts';
import { type Finding, netOf } from './finding.ts';

const DONE_wechatpay = 'REFUND SUCCESS';
/** A reversed order has the same column; where it is empty, nothing is told against it. */
const UNDONE_wechatpay = /^REVOKED (?!SUCCESS$)/;

/** WeChat Pay lists a refund or a paid order's reversal when it is accepted, with its state as of the bill; the others list what is done. */
export function isDone(rail: Rail, { kind, status }: BillEntry): boolean {
  if (rail !== 'wechatpay' || kind === 'payment') return true;
  return kind === 'refund' ? status === DONE_wechatpay : !UNDONE_wechatpay.test(status);
}

/** What a return is that nobody here asked for. One that is accepted and not done may still be: it stands on no later bill. */
export function refundName(rail: Rail, entry: BillEntry): 'refundMissingHere' | 'refundUndone' {
  return isDone(rail, entry) ? 'refundMissingHere' : 'refundUndone';
}

/** A void's line names the order alone: it is the only one that can undo an order that is taken (reconcile.ts, `voidOf`). */
export function provesBack(rail: Rail, { class: name, giveBack, entries }: Finding): boolean {
  const [entry] = entries;
  if (giveBack === null || entry === undefined || entries.length > 1) return false;
  if (name !== 'stillPending' && name !== 'refundMissingHere') return false;
  if (entry.kind === 'payment' || entry.amount_fen !== giveBack.amount_fen) return false;
  return isDone(rail, entry);
}

/**
 * A payment without a proof here, charged and given back there: nothing of it is left in any line of the bill, by lines that are done. `all`: a
 * second charge or a second refund of it stands in a finding of its own.
 */
export function provesReturned(rail: Rail, one: Finding, all: readonly Finding[]): boolean {
  if (one.class !== 'stillPending' || one.order === null || one.entries.length < 2) return false;
  const lines = all
    .filter(({ orderNumber }) => orderNumber === one.orderNumber)
    .flatMap((each) => each.entries);
  return sumOf(lines, netOf) === 0 && lines.every((line) => isDone(rail, line));
}

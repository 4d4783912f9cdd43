// Which line of a bill proves that a give-back of ours has gone back: one that names it, whole, as done.
import type { Rail } from '../bills/bill.ts';
import type { Finding } from './finding.ts';

/** WeChat Pay lists a refund when it is accepted, with its state as of the bill; the others list what is done. */
const DONE_wechatpay = 'REFUND SUCCESS';

/** A void's line names the order alone: it is the only one that can undo an order that is taken (reconcile.ts, `voidOf`). */
export function provesBack(rail: Rail, { class: name, giveBack, entries }: Finding): boolean {
  const [entry] = entries;
  if (giveBack === null || entry === undefined || entries.length > 1) return false;
  if (name !== 'stillPending' && name !== 'refundMissingHere') return false;
  if (entry.kind === 'payment' || entry.amount_fen !== giveBack.amount_fen) return false;
  return rail !== 'wechatpay' || entry.status === DONE_wechatpay;
}

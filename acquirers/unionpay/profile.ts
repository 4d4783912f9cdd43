// Data of the UnionPay acquirer: which codes go there, and its timings. How sure each is stands in docs/acquirers/unionpay.md.
import { lastingCodePolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';

/** payments.md 1.1: 62 and 17 digits, of QuickPass and bank apps. A code pays once and is never deferred. */
export const unionpayCodeRules: readonly CodeRule[] = [
  { scheme: 'UNIONPAY', pattern: '^62\\d{17}$', deferrable: false, confidence: 'H' },
];

const second_ms = 1000;
const hour_ms = 3600 * second_ms;

/** After 1, 2, 4, 8, 16 and 32 s more: 2^N [UP1][UP6]. */
const askedAt_ms = [1, 3, 7, 15, 31, 63].map((at) => at * second_ms);

export const unionpayPolicy: PaymentPolicy = {
  // The answer only says "accepted". The SDK waits 30 s for it; a query may be asked before that, and tells more.
  answerTimeout_ms: 10 * second_ms,
  inquiryAt_ms: askedAt_ms,
  giveUpAt_ms: 63 * second_ms,
  giveUpFrom_ms: 5 * second_ms,
  // Never used: an accepted purchase is asked about by the schedule above, password or not.
  awaitingEvery_ms: 3 * second_ms,
  awaitingLimit_ms: 63 * second_ms,
  callTimeout_ms: 10 * second_ms,
  // No minimum is published.
  reverseFrom_ms: 0,
  // House schedule; payments.md 3.1: repeat. Two minutes: an accepted one may never be proven (docs/acquirers/unionpay.md).
  reverseAt_ms: [0, 2, 5, 10, 20, 40].map((at) => at * second_ms),
  reverseEvery_ms: 120 * second_ms,
  // "The same clearing day", 23:00 to 23:00: a day is the longest that this can be. What comes later is refused.
  reversalWindow_ms: 24 * hour_ms,
  // House rule, as the other acquirers' (docs/adr/0016).
  disputedEvery_ms: 600 * second_ms,
  // No source says that the reversal of an unknown number closes it.
  tombstones: false,
  inFlightHorizon_ms: 120 * second_ms,
  // The repetition of a purchase is answered 12, whatever became of the first.
  idempotentAuthorize: false,
  resendAfter_inquiries: 15,
  // Never used: no code waits in the queue, and one that waits for the line dies within its minute.
  holdFor_ms: 45 * second_ms,
  queueMaxAge_ms: 24 * hour_ms,
  deferredInquiryEvery_ms: 60 * second_ms,
  // The same 2^N, then "at longer intervals" [UP1].
  giveBackInquiryAt_ms: askedAt_ms,
  giveBackInquiryEvery_ms: 600 * second_ms,
  // Each void or refund is an order of its own, and so is another try [UP1].
  refundKeepsNumber: false,
  // No source says that a refused number is spent: a query may know nothing of it.
  refusedIsSpent: false,
  // A void is for payments of the same clearing day, which ends at 23:00 [UP1].
  clearingDayEnds_min: 23 * 60,
  // A code that nobody has scanned can only run out.
  presenting: lastingCodePolicy,
};

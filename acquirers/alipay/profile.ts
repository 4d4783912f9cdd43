// Data of the Alipay acquirer: which codes go there, and its timings. How sure each is stands in docs/acquirers/alipay.md.
import { lastingCodePolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';
import type { ShopFacts } from './codec.ts';

/** payments.md 1.1: 25-30, 16 to 24 digits. A code pays once and lives about a minute: never deferred. */
export const alipayCodeRules: readonly CodeRule[] = [
  { scheme: 'ALIPAY', pattern: '^(2[5-9]|30)\\d{14,22}$', deferrable: false, confidence: 'H' },
];

/** What a shop need not decide: the plain face-to-face contract, and orders that die unpaid as soon as the scheme allows. */
export const alipayShopDefaults: Omit<ShopFacts, 'subject' | 'terminalId'> = {
  storeId: null,
  operatorId: null,
  productCode: 'FACE_TO_FACE_PAYMENT',
  orderLife_min: 5,
  terminalParams: null,
};

const second_ms = 1000;
const hour_ms = 3600 * second_ms;

export const alipayPolicy: PaymentPolicy = {
  // Twice the time-out of Alipay's own client (alipay-sdk 4.14.0: 5 s).
  answerTimeout_ms: 10 * second_ms,
  // At once after a system error (payments.md 3.1, 3.4), then every 5 s [CH1][00f7ns] for 30 s [00f7nv, "safety of funds"];
  // the cancel follows the last question without a gap [AN5].
  inquiryAt_ms: [0, 5, 10, 15, 20, 25, 30].map((at) => at * second_ms),
  giveUpAt_ms: 30 * second_ms,
  giveUpFrom_ms: 5 * second_ms,
  // A customer who is asked for the password: every 3 to 6 s for about 60 s [00f7nv, "recommended architecture"].
  awaitingEvery_ms: 3 * second_ms,
  awaitingLimit_ms: 60 * second_ms,
  callTimeout_ms: 10 * second_ms,
  // No minimum is published.
  reverseFrom_ms: 0,
  // payments.md 3.1: again until it is answered, also while `retry_flag` is Y.
  reverseAt_ms: [0, 2, 5, 10, 20, 40].map((at) => at * second_ms),
  reverseEvery_ms: 60 * second_ms,
  // "Within 24 hours" (cancel page 104635; 00f7nv); Antom and the old international gateway say "the same Beijing day".
  reversalWindow_ms: 24 * hour_ms,
  // No source speaks of it: often enough for a person who waits, seldom enough for a question without end.
  disputedEvery_ms: 600 * second_ms,
  // A cancel of an unknown number answers success and closes nothing [CS2].
  tombstones: false,
  inFlightHorizon_ms: 120 * second_ms,
  // payments.md 3.4 [AN4] says the repetition of a paid order is safe; the domestic pages answer TRADE_HAS_SUCCESS: not relied on.
  idempotentAuthorize: false,
  resendAfter_inquiries: 15,
  // Never used: no code of Alipay waits in the queue, and one that waits for the line dies within its minute.
  holdFor_ms: 45 * second_ms,
  queueMaxAge_ms: 24 * hour_ms,
  deferredInquiryEvery_ms: 60 * second_ms,
  // A refund must not be asked about earlier than 10 s after its sending (refund-query page, note 3).
  giveBackInquiryAt_ms: [10, 20, 40].map((at) => at * second_ms),
  giveBackInquiryEvery_ms: 60 * second_ms,
  // "一笔退款失败后重新提交，要采用原来的退款单号" (developer.aliyun.com article/711070)
  refundKeepsNumber: true,
  refusedIsSpent: false,
  // A cancel is for payments in doubt only; money of a known payment goes back by refund.
  clearingDayEnds_min: null,
  // A code that nobody has scanned can only run out.
  presenting: lastingCodePolicy,
};

// Data of WeChat Pay APIv3, direct merchant: code format and timings. Sources stand beside each row; docs/acquirers/wechatpay.md tells
// them in full and says what nobody has confirmed.
import { presentingPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';

/** reference: payments 1.1 (official): exactly 18 digits, 10 to 15. Never deferrable: a code lives for a minute. */
export const wechatCodeRules: readonly CodeRule[] = [
  { scheme: 'WECHAT', pattern: '^1[0-5]\\d{16}$', deferrable: false, confidence: 'H' },
];

const second_ms = 1000;
const day_ms = 24 * 3600 * second_ms;
const seconds = (list: readonly number[]) => list.map((at) => at * second_ms);

/** Numbers in brackets are the sources of the reference page payments, 3.1. */
export const wechatPolicy: PaymentPolicy = {
  answerTimeout_ms: 10 * second_ms,
  // 5 s after a system error [W1], then every 5 s as the error table says; v2's page of 2025 says 10 s
  inquiryAt_ms: seconds([5, 10, 15, 20, 25, 30, 35, 40, 45]),
  giveUpAt_ms: 45 * second_ms,
  // no reversal before 15 s [W1][W5]: an earlier "give up" could do nothing
  giveUpFrom_ms: 15 * second_ms,
  awaitingEvery_ms: 5 * second_ms,
  // WeChat revokes an unpaid quick pay order after 45 s by itself [W4]
  awaitingLimit_ms: 45 * second_ms,
  callTimeout_ms: 10 * second_ms,
  reverseFrom_ms: 15 * second_ms,
  // "no answer, or an error: call again" [W1]; the steps are the reference's suggestion
  reverseAt_ms: seconds([0, 5, 10, 20, 40]),
  reverseEvery_ms: 60 * second_ms,
  reversalWindow_ms: 7 * day_ms,
  // No source speaks of it: often enough for a person who waits, seldom enough for a question without end.
  disputedEvery_ms: 600 * second_ms,
  // an unknown number is not closed by its reversal
  tombstones: false,
  inFlightHorizon_ms: 120 * second_ms,
  // the same number again is ORDERPAID or OUT_TRADE_NO_USED, never the first outcome
  idempotentAuthorize: false,
  resendAfter_inquiries: 15,
  holdFor_ms: 55 * second_ms,
  queueMaxAge_ms: day_ms,
  deferredInquiryEvery_ms: 60 * second_ms,
  giveBackInquiryAt_ms: seconds([2, 5, 10, 20, 40]),
  giveBackInquiryEvery_ms: 60 * second_ms,
  // "一笔退款失败后重新提交，请不要更换退款单号" (apiv3_partner chapter5_1_14)
  refundKeepsNumber: true,
  refusedIsSpent: false,
  // no void product: refunds only
  clearingDayEnds_min: null,
  // Closed by its own call at any time.
  presenting: presentingPolicy,
};

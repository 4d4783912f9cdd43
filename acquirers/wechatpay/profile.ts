// Data of WeChat Pay APIv3, direct merchant: code format, decline and refusal tables, timings. Sources stand beside each
// row; docs/acquirers/wechatpay.md tells them in full and says what nobody has confirmed.
import { presentingPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { DeclineReason } from '../../core/domain/payment/state.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';

/** reference: payments 1.1 (official): exactly 18 digits, 10 to 15. Never deferrable: a code lives for a minute. */
export const wechatCodeRules: readonly CodeRule[] = [
  { scheme: 'WECHAT', pattern: '^1[0-5]\\d{16}$', deferrable: false, confidence: 'H' },
];

/**
 * Codes of codepay that prove "not taken", whatever HTTP status from 400 to 499 carries them. The v3 table of codepay is
 * published nowhere that we could read: these are the v2 names (reference: payments 3.3), and after the line those v3 names
 * that stand in v3 tables of the other pay calls. Anything else is unknown, and so are on purpose:
 * - SIGN_ERROR, SIGNERROR: a copy of our request may have charged (docs/adr/0013);
 * - ORDERPAID, OUT_TRADE_NO_USED: a copy of our request may have charged, the inquiry tells;
 * - INVALID_REQUEST: v3 says it of a paid order as well;
 * - LACK_PARAMS, NOT_UTF8: one published table calls them unknown; XML_FORMAT_ERROR and REQUIRE_POST_METHOD: v2's wire only;
 * - NOT_ENOUGH, RULE_LIMIT, FREQUENCY_LIMITED: v3 names without a source for codepay.
 */
export const wechatDeclines: Readonly<Record<string, DeclineReason>> = {
  AUTHCODEEXPIRE: 'codeUnusable',
  AUTH_CODE_ERROR: 'codeUnusable',
  AUTH_CODE_INVALID: 'codeUnusable',
  NOTENOUGH: 'balance',
  NOTSUPORTCARD: 'notSupported',
  ORDERCLOSED: 'orderClosed',
  ORDERREVERSED: 'orderClosed',
  BUYER_MISMATCH: 'other',
  TRADE_ERROR: 'other',
  NOAUTH: 'configuration',
  APPID_NOT_EXIST: 'configuration',
  MCHID_NOT_EXIST: 'configuration',
  APPID_MCHID_NOT_MATCH: 'configuration',
  PARAM_ERROR: 'configuration',
  // v3 names of NOAUTH and MCHID_NOT_EXIST
  NO_AUTH: 'configuration',
  MCH_NOT_EXISTS: 'configuration',
};

/** "No such order": v3 (404, many public answers of the query) and v2. It proves nothing by itself. */
export const wechatNoSuchOrder: ReadonlySet<string> = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST']);

/**
 * Codes of the refund call that prove "not given back, and never by this request" (v3 refund error table as egzosn/pay-java-parent
 * quotes it, WxRefundResult.java: "refund application failed"). Not in here: RESOURCE_NOT_EXISTS, which comes for orders that exist and
 * goes away (developers.weixin.qq.com, 0002cc91f60120266c050ea3265c00); FREQUENCY_LIMITED, "not accepted, again later".
 */
export const wechatRefundRefusals: ReadonlySet<string> = new Set([
  'NOT_ENOUGH',
  'USER_ACCOUNT_ABNORMAL',
  'INVALID_REQUEST',
  'NO_AUTH',
  // the same bytes draw these every time: no copy of them was accepted
  'PARAM_ERROR',
  'MCH_NOT_EXISTS',
]);

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
  holdFor_ms: 55 * second_ms,
  queueMaxAge_ms: day_ms,
  deferredInquiryEvery_ms: 60 * second_ms,
  giveBackInquiryAt_ms: seconds([2, 5, 10, 20, 40]),
  giveBackInquiryEvery_ms: 60 * second_ms,
  // no void product: refunds only
  clearingDayEnds_min: null,
  // Closed by its own call at any time.
  presenting: presentingPolicy,
};

// Alipay's `sub_code`s whose meaning for the money is known. Whatever is not in here is unknown, never declined.
// Sources: [3.4] payments.md 3.4; [F2F] the pay page of the face-to-face product as jaq-doc.alibaba.com articleId=104632 and
// open.alitrip.com articleId=104632 keep it; [C] cancel page, apifox.cn docs-site 3618910 api-126370346; [R] refund page, the same
// list in four public code bases, alipay's own English page among them.
import type { DeclineReason } from '../../core/domain/payment/state.ts';

/**
 * Refusals of alipay.trade.pay that prove "not taken". Not in here, on purpose: ACQ.SYSTEM_ERROR ("may have succeeded") and
 * ACQ.TRADE_HAS_SUCCESS (the order is paid: the inquiry decides); ACQ.CONTEXT_INCONSISTENT and ACQ.TRADE_BUYER_NOT_MATCH (an order
 * of our number exists, with other content); ACQ.PULL_MOBILE_CASHIER_FAIL (an order may wait in the customer's app);
 * every `isv.*` and `aop.*` (the gateway's own refusals, see docs/adr/0013).
 */
export const alipayDeclines: Readonly<Record<string, DeclineReason>> = {
  // [3.4][F2F]
  'ACQ.PAYMENT_AUTH_CODE_INVALID': 'codeUnusable',
  'ACQ.TRADE_HAS_CLOSE': 'orderClosed',
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': 'balance',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': 'balance',
  'ACQ.ERROR_BALANCE_PAYMENT_DISABLE': 'notSupported',
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE': 'notSupported',
  'ACQ.NOT_CERTIFIED_USER': 'notSupported',
  'ACQ.PAYMENT_REQUEST_HAS_RISK': 'risk',
  'ACQ.PAYMENT_FAIL': 'other',
  'ACQ.TOTAL_FEE_EXCEED': 'limit',
  'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR': 'limit',
  'ACQ.ACCESS_FORBIDDEN': 'configuration',
  'ACQ.PARTNER_ERROR': 'configuration',
  'ACQ.INVALID_PARAMETER': 'configuration',
  'ACQ.EXIST_FORBIDDEN_WORD': 'configuration',
  // [F2F]
  'ACQ.BUYER_SELLER_EQUAL': 'notSupported',
  'ACQ.BUYER_ENABLE_STATUS_FORBID': 'notSupported',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': 'limit',
  'ACQ.BEYOND_PAY_RESTRICTION': 'limit',
};

/** [C] Cancels that no repetition changes. Not in here: ACQ.SELLER_BALANCE_NOT_ENOUGH (top up, cancel again), a frozen order. */
export const alipayReversalRefusals: ReadonlySet<string> = new Set([
  'ACQ.TRADE_CANCEL_TIME_OUT',
  'ACQ.CANCEL_NOT_ALLOWED',
  'ACQ.TRADE_HAS_FINISHED',
  // a refund was done already, in part or in whole
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
]);

/**
 * [R] Refusals of alipay.trade.refund that prove "not given back". Not in here: ACQ.SYSTEM_ERROR, and ACQ.DISCORDANT_REPEAT_REQUEST
 * (our number was used before, with other content: something was perhaps given back under it).
 */
export const alipayRefundRefusals: ReadonlySet<string> = new Set([
  'ACQ.INVALID_PARAMETER',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.TRADE_NOT_ALLOW_REFUND',
]);

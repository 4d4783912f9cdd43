// Data of the gateway acquirer: code formats, decline and refusal tables. Sources: the gateway protocol page (errCode of
// pay) and docs/payment-codes.md for the formats and how sure they are.
import type { CodeRule } from '../../core/domain/scan/router.ts';
import type { DeclineReason } from '../../core/domain/payment/state.ts';

/** First match wins. JD, BestPay and e-CNY rest on one or two public sources; wallets without any source are not listed. */
export const gatewayCodeRules: readonly CodeRule[] = [
  // The AIDs of UnionPay; other networks' payloads begin alike (docs/payment-codes.md).
  {
    scheme: 'EMV_CPM',
    pattern: '^hQVDUFYwM[0-9A-Za-z+/]{20,400}={0,2}$',
    deferrable: false,
    application: '^A000000333',
    confidence: 'H',
  },
  { scheme: 'WECHAT', pattern: '^1[0-5]\\d{16}$', deferrable: true, confidence: 'H' },
  { scheme: 'ALIPAY', pattern: '^(2[5-9]|30)\\d{14,22}$', deferrable: true, confidence: 'H' },
  { scheme: 'UNIONPAY', pattern: '^62\\d{17}$', deferrable: true, confidence: 'H' },
  { scheme: 'ECNY', pattern: '^01\\d{17}$', deferrable: true, confidence: 'M' },
  { scheme: 'BESTPAY', pattern: '^51\\d{16}$', deferrable: true, confidence: 'M' },
  { scheme: 'JD', pattern: '^18\\d{16}$', deferrable: true, confidence: 'M' },
];

/**
 * Codes of `pay` that prove "not taken". Anything that is not in here is unknown, never declined. Not in here: SIGN_ERROR. A copy of our
 * request, sent again by something between us (a balancer that lost the first answer), is refused for its nonce, and the
 * refusal is signed over that very nonce: it says nothing about the first copy, which may have charged (docs/adr/0013).
 */
export const gatewayDeclines: Readonly<Record<string, DeclineReason>> = {
  AUTH_CODE_EXPIRED: 'codeUnusable',
  AUTH_CODE_INVALID: 'codeUnusable',
  AUTH_CODE_USED: 'codeUnusable',
  BALANCE_NOT_ENOUGH: 'balance',
  LIMIT_EXCEEDED: 'limit',
  RISK_REJECTED: 'risk',
  NOT_SUPPORTED: 'notSupported',
  ORDER_CLOSED: 'orderClosed',
  MERCHANT_INVALID: 'configuration',
  TERMINAL_INVALID: 'configuration',
  PARAM_ERROR: 'configuration',
  OFFLINE_NOT_ALLOWED: 'offlineRefused',
  OFFLINE_EXPIRED: 'offlineRefused',
};

/** Refused before anybody looked at the order (docs/gateway-protocol.md, rule 6): it says nothing of another copy of the request. */
export const unlooked: ReadonlySet<string> = new Set([
  'SIGN_ERROR',
  'MERCHANT_INVALID',
  'TERMINAL_INVALID',
  'PARAM_ERROR',
]);

/**
 * Of a sign-in: the acquirer does not want this terminal as it is configured. Not in here: SIGN_ERROR, which a copy of the request gets too,
 * and a till whose clock is wrong once.
 */
export const isConfigurationRefusal = (errCode: string): boolean =>
  errCode === 'NOT_SUPPORTED' || (unlooked.has(errCode) && errCode !== 'SIGN_ERROR');

/** Codes of `refund` that prove "not given back, and never under this request number". All else is in doubt. */
export const gatewayRefundRefusals: ReadonlySet<string> = new Set([
  // rule 4: the sum of refunds never exceeds the charge
  'REFUND_EXCEEDS',
  // docs/gateway-protocol.md, rule 6: no order of that number, or no charge to give back; such a request stays refused
  'ORDER_NOT_FOUND',
  'ORDER_NOT_PAID',
]);

/** Codes of `voidpayment`, reason VOID, that prove "not voided". */
export const gatewayVoidRefusals: ReadonlySet<string> = new Set([
  // rule 5: only a refund is possible after the settlement cut-off
  'CUTOFF_PASSED',
  // docs/gateway-protocol.md, rule 5: a payment with a refund, done or accepted, is given back by refunds only
  'REFUND_EXISTS',
]);

// Data of the gateway acquirer: code formats. Source: docs/payment-codes.md, which says how sure they are.
import type { CodeRule } from '../../core/domain/scan/router.ts';

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

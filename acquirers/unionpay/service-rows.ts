// UnionPay's codes of the file call (76/01). Data only; for people docs/acquirers/errors.md.
import type { ServiceTable } from '../transport/service-row.ts';

export const unionpayServices: ServiceTable = {
  sources: { statement: 'docs/acquirers/unionpay.md, "Statement"' },
  rows: [
    {
      code: '98',
      service: 'bill',
      meaning_zh: '文件不存在',
      end: 'none',
      // No source says when the file is made, and a day is not called empty too early.
      notReady: { for_ms: 36 * 3_600_000, until: 'noon of the day after' },
      source: 'statement',
    },
  ],
};

// Alipay's codes of the day's bill. Data only; for people docs/acquirers/errors.md.
import type { ServiceTable } from '../transport/service-row.ts';

const HOUR_ms = 3_600_000;

export const alipayServices: ServiceTable = {
  sources: { bill: 'docs/acquirers/alipay.md, "The day\'s bill"' },
  rows: [
    {
      code: 'isp.bill_not_exist',
      service: 'bill',
      meaning_zh: '账单不存在',
      end: 'none',
      // One code for both; Alipay's advice is to ask from 10 in the morning after.
      notReady: { for_ms: 34 * HOUR_ms, until: '10 in the morning after' },
      source: 'bill',
    },
    {
      code: 'isv.invalid_arguments',
      service: 'bill',
      meaning_zh: '参数无效',
      end: 'refused',
      // Of a day that is not over it is the date that is invalid.
      notReady: { for_ms: 24 * HOUR_ms, until: 'the day is over' },
      source: 'bill',
    },
  ],
};

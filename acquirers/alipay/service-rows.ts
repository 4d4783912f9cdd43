// Alipay's codes of the day's bill. Data only; for people docs/acquirers/errors.md.
import type { ServiceTable } from '../transport/service-row.ts';

const HOUR_ms = 3_600_000;

export const alipayServices: ServiceTable = {
  sources: {
    bill: 'docs/acquirers/alipay.md, "The day\'s bill"',
    list: "the call's list of codes, opendocs.alipay.com open/02ekfu",
  },
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
      code: 'NO_BILL_DATA',
      service: 'bill',
      meaning_zh: '没有账单数据',
      end: 'none',
      // Whether it also says "not made yet" is in no source: as the code above.
      notReady: { for_ms: 34 * HOUR_ms, until: '10 in the morning after' },
      source: 'list',
    },
    {
      code: 'SYSTEM_RATE_LIMIT',
      service: 'bill',
      meaning_zh: '系统限流',
      end: 'notReady',
      source: 'list',
    },
    {
      code: 'USER_RATE_LIMIT',
      service: 'bill',
      meaning_zh: '请求过于频繁',
      end: 'notReady',
      source: 'list',
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

// WeChat Pay's codes of the day's bill. Data only; for people docs/acquirers/errors.md.
import type { ServiceTable } from '../transport/service-row.ts';

export const wechatServices: ServiceTable = {
  sources: { bill: 'docs/acquirers/wechatpay.md, "The day\'s bill"' },
  rows: [
    {
      code: 'STATEMENT_CREATING',
      service: 'bill',
      meaning_zh: '账单生成中',
      end: 'notReady',
      source: 'bill',
    },
    {
      code: 'NO_STATEMENT_EXIST',
      service: 'bill',
      meaning_zh: '账单文件不存在：当日没有交易',
      end: 'none',
      source: 'bill',
    },
  ],
};

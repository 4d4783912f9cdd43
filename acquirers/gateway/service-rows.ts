// The gateway's codes of bills, batches and activation. Data only; for people docs/acquirers/errors.md.
import type { ServiceTable } from '../transport/service-row.ts';

export const gatewayServices: ServiceTable = {
  sources: { F: 'docs/gateway-protocol.md, "Fetching it"' },
  rows: [
    {
      code: 'BILL_NOT_READY',
      service: 'bill',
      meaning_zh: '当日未结束，或账单还没生成',
      end: 'notReady',
      source: 'F',
    },
    { code: 'BILL_NOT_FOUND', service: 'bill', meaning_zh: '没有当日账单', end: 'none', source: 'F' },
    { code: 'TOTALS_DIFFER', service: 'settle', meaning_zh: '批次合计不符', end: 'differs', source: 'S' },
    {
      code: 'UPLOAD_CHANGED',
      service: 'upload',
      meaning_zh: '同一编号的明细内容不同',
      end: 'refused',
      source: 'S',
    },
    {
      code: 'ACTIVATION_USED',
      service: 'activate',
      meaning_zh: '激活码已使用',
      end: 'refused',
      said: 'this code was used already: ask the acquirer for another',
      source: 'S',
    },
    {
      code: 'TERMINAL_INVALID',
      service: 'activate',
      meaning_zh: '终端号或序列号无效',
      end: 'refused',
      said: 'the code is not for the terminal with this number and serial',
      source: 'S',
    },
    {
      code: 'MERCHANT_INVALID',
      service: 'activate',
      meaning_zh: '商户号无效',
      end: 'refused',
      said: 'the acquirer does not know this merchant',
      source: 'S',
    },
  ],
};

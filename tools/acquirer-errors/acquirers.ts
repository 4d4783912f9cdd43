// The four error tables, and what each acquirer's calls are named on the wire.
import { alipayTable } from '../../acquirers/alipay/code-rows.ts';
import { alipayPolicy } from '../../acquirers/alipay/profile.ts';
import { alipayServices } from '../../acquirers/alipay/service-rows.ts';
import { gatewayTable } from '../../acquirers/gateway/code-rows.ts';
import { gatewayServices } from '../../acquirers/gateway/service-rows.ts';
import type { CodeTable, Operation } from '../../acquirers/transport/code-row.ts';
import type { Service, ServiceTable } from '../../acquirers/transport/service-row.ts';
import { unionpayTable } from '../../acquirers/unionpay/code-rows.ts';
import { unionpayPolicy } from '../../acquirers/unionpay/profile.ts';
import { unionpayServices } from '../../acquirers/unionpay/service-rows.ts';
import { wechatTable } from '../../acquirers/wechatpay/code-rows.ts';
import { wechatPolicy } from '../../acquirers/wechatpay/profile.ts';
import { wechatServices } from '../../acquirers/wechatpay/service-rows.ts';
import { gatewayPolicy } from '../../core/domain/payment/policy.ts';

export type AcquirerErrors = {
  title: string;
  /** Where such a code stands, and what is not in the table. */
  where: string;
  table: CodeTable;
  calls: Partial<Record<Operation, string>>;
  /** Of bills, batches and activation. */
  services: ServiceTable;
  serviceCalls: Partial<Record<Service, string>>;
  /** The calls whose refusal counts only once a query finds no such order or refund: a copy of our own request may have drawn it. */
  confirms: readonly ('usedCode' | 'refund')[];
  /** A refused refund is asked for again under its own number. */
  keepsNumber: boolean;
};

export const acquirers: readonly AcquirerErrors[] = [
  {
    title: 'The gateway',
    where:
      '`errCode`, in an answer with HTTP 200 and a good signature. `00` is no error. `failCode` of a query that says "failed" (5) is read by the rows of pay; one without a row, or about the settings, is *declined (other)* there, since the query itself says that it failed.',
    table: gatewayTable,
    calls: {
      pay: '`pay`',
      query: '`query`',
      reverse: '`voidpayment`, REVERSAL',
      void: '`voidpayment`, VOID',
      refund: '`refund`',
      refundQuery: '`query-refund`',
      present: '`present`',
      close: '`close`',
      signIn: '`sign-in`',
    },
    services: gatewayServices,
    serviceCalls: {
      bill: '`bill`',
      settle: '`batch/settle`',
      upload: '`batch/upload`',
      activate: '`terminal/activate`',
    },
    confirms: [],
    keepsNumber: gatewayPolicy.refundKeepsNumber,
  },
  {
    title: 'WeChat Pay',
    where:
      '`code` of a signed refusal with HTTP 400 to 499, other than 401 and 429: under those two no code proves anything. There are no voids. `trade_state` is no error code: wechatpay.md.',
    table: wechatTable,
    calls: {
      pay: '`codepay`',
      query: '`out-trade-no/{no}`',
      reverse: '`reverse`',
      refund: '`refund/domestic/refunds`',
      refundQuery: '`refunds/{out_refund_no}`',
      present: '`native`',
      close: '`close`',
    },
    services: wechatServices,
    serviceCalls: { bill: '`bill/tradebill`' },
    confirms: ['usedCode', 'refund'],
    keepsNumber: wechatPolicy.refundKeepsNumber,
  },
  {
    title: 'Alipay',
    where:
      '`sub_code` under `code` 40004, signed. Under 20000, 40001 to 40003, 40006 and any other `code` no `sub_code` proves anything; nor does `isv.*` or `aop.*`, but for a close, where `isv.*` is a refusal. There are no voids.',
    table: alipayTable,
    calls: {
      pay: '`trade.pay`',
      query: '`trade.query`',
      reverse: '`trade.cancel`',
      refund: '`trade.refund`',
      refundQuery: '`fastpay.refund.query`',
      present: '`trade.precreate`',
      close: '`trade.close`',
    },
    services: alipayServices,
    serviceCalls: { bill: '`bill.downloadurl.query`' },
    confirms: ['usedCode', 'refund'],
    keepsNumber: alipayPolicy.refundKeepsNumber,
  },
  {
    title: 'UnionPay',
    where:
      '`respCode` of an answer that names our order; of a query 34 is its own `respCode`, all else `origRespCode`. After a reversal 03, 04 and 05 prove nothing any more (unionpay.md). While a code of ours is shown, *declined* is a try that failed, and no end. No call closes an order code.',
    table: unionpayTable,
    calls: {
      pay: '01/06',
      query: '00/00 of a purchase',
      reverse: '99/01',
      void: '31/00',
      refund: '04/00',
      refundQuery: '00/00 of a void or refund',
      present: '01/07',
    },
    services: unionpayServices,
    serviceCalls: { bill: '76/01' },
    confirms: [],
    keepsNumber: unionpayPolicy.refundKeepsNumber,
  },
];

/** What a code that has no row comes to, call by call. */
export function unlisted({ calls }: Pick<AcquirerErrors, 'calls'>): CodeTable['rows'] {
  return (Object.keys(calls) as Operation[]).map((operation) => ({
    code: 'any other code',
    operation,
    meaning_zh: '不在表里',
    proves: { kind: 'inDoubt', why: 'not listed' },
    source: 'docs/invariants.md, 2',
  }));
}

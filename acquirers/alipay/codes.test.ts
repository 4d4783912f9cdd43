// Alipay's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
import { expect, it } from 'vitest';
import {
  byReason,
  eventOf,
  everyCase,
  faultsOf,
  listed,
  readBy,
  refusedBy,
  type Readers,
} from '../../test/acquirers/code-rows.ts';
import { order, refund, shown } from '../../test/fuzz/rail.ts';
import { readPayAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { alipayTable } from './code-rows.ts';
import { readRefundAnswer, readRefundInquiry } from './give-back.ts';
import { readCloseAnswer, readPrecreateAnswer } from './presented.ts';
import {
  alipayCloseRefusals,
  alipayDeclines,
  alipayPrecreateRefusals,
  alipayRefundRefusal,
  alipayReversalRefusals,
} from './codes.ts';

const whole = (names: string): string => names.replaceAll(/\b(?=\w)/g, 'ACQ.');

it('the codes that prove something are these and no others', () => {
  expect(byReason(alipayDeclines)).toEqual({
    codeUnusable: whole('PAYMENT_AUTH_CODE_INVALID'),
    orderClosed: whole('TRADE_HAS_CLOSE'),
    balance: whole('BUYER_BALANCE_NOT_ENOUGH BUYER_BANKCARD_BALANCE_NOT_ENOUGH'),
    notSupported: whole(
      'BUYER_ENABLE_STATUS_FORBID BUYER_SELLER_EQUAL ERROR_BALANCE_PAYMENT_DISABLE NOT_CERTIFIED_USER NO_PAYMENT_INSTRUMENTS_AVAILABLE',
    ),
    risk: whole('PAYMENT_REQUEST_HAS_RISK'),
    other: whole('PAYMENT_FAIL'),
    limit: whole(
      'BEYOND_PAY_RESTRICTION BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR PRODUCT_AMOUNT_LIMIT_ERROR TOTAL_FEE_EXCEED',
    ),
    configuration: whole('ACCESS_FORBIDDEN EXIST_FORBIDDEN_WORD INVALID_PARAMETER PARTNER_ERROR'),
  });
  expect(listed(alipayReversalRefusals)).toBe(
    whole('CANCEL_NOT_ALLOWED REASON_TRADE_REFUND_FEE_ERR TRADE_CANCEL_TIME_OUT TRADE_HAS_FINISHED'),
  );
  expect(listed(refusedBy(alipayTable, alipayRefundRefusal))).toBe(
    whole(
      'BUYER_ERROR BUYER_NOT_EXIST CUSTOMER_VALIDATE_ERROR INVALID_PARAMETER NOT_ALLOW_PARTIAL_REFUND ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND REASON_TRADE_BEEN_FREEZEN REASON_TRADE_REFUND_FEE_ERR REASON_TRADE_STATUS_INVALID REFUND_AMT_NOT_EQUAL_TOTAL REFUND_FEE_ERROR SELLER_BALANCE_NOT_ENOUGH TRADE_HAS_CLOSE TRADE_HAS_FINISHED TRADE_NOT_ALLOW_REFUND TRADE_NOT_EXIST TRADE_STATUS_ERROR',
    ),
  );
  const perhapsBack = alipayTable.rows.filter(
    ({ operation, proves }) =>
      operation === 'refund' && proves.kind === 'refused' && proves.perhapsBack === true,
  );
  expect(listed(perhapsBack.map(({ code }) => code))).toBe(
    whole(
      'REASON_TRADE_REFUND_FEE_ERR REASON_TRADE_STATUS_INVALID REFUND_AMT_NOT_EQUAL_TOTAL REFUND_FEE_ERROR TRADE_HAS_CLOSE TRADE_HAS_FINISHED TRADE_NOT_ALLOW_REFUND TRADE_STATUS_ERROR',
    ),
  );
  expect(byReason(alipayPrecreateRefusals)).toEqual({
    orderClosed: whole('TRADE_HAS_CLOSE'),
    limit: whole('PRODUCT_AMOUNT_LIMIT_ERROR TOTAL_FEE_EXCEED'),
    configuration: whole('ACCESS_FORBIDDEN EXIST_FORBIDDEN_WORD INVALID_PARAMETER PARTNER_ERROR'),
  });
  expect(listed(alipayCloseRefusals)).toBe(whole('ACCESS_FORBIDDEN INVALID_PARAMETER'));
});

const said = (sub_code: string) => ({ code: '40004', msg: 'Business Failed', sub_code });

const readers: Readers = {
  pay: (code) => readPayAnswer(said(code), order),
  query: (code) => readQueryAnswer(said(code), order),
  reverse: (code) => readReversalAnswer(said(code), order),
  refund: (code) => readRefundAnswer(said(code), refund),
  refundQuery: (code) => readRefundInquiry(said(code), refund),
  present: (code) => readPrecreateAnswer(said(code), shown),
  close: (code) => readCloseAnswer(said(code), shown),
};

it.each(everyCase(alipayTable, readers))('$operation: $code is $proves.kind', (one) => {
  expect(readBy(readers, one)).toMatchObject(eventOf(one));
});

it('each row has a call that it is read by, a meaning and a source that is spelt out', () => {
  expect(faultsOf(alipayTable, readers)).toEqual([]);
});

// WeChat Pay's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
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
import { order, refund } from '../../test/fuzz/rail.ts';
import { readPayAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { wechatTable } from './code-rows.ts';
import { readCloseAnswer, readNativeAnswer } from './native.ts';
import { readRefundAnswer, readRefundInquiry } from './refund.ts';
import {
  wechatCloseRefusals,
  wechatDeclines,
  wechatNativeRefusals,
  wechatNoSuchOrder,
  wechatRefundRefusal,
  wechatReversalNoSuchOrder,
  wechatReversalNotNow,
  wechatReversalOver,
  wechatReversalPaid,
} from './codes.ts';
import { merchantFacts as facts } from '../../fixtures/acquirers/wechatpay/merchant-facts.ts';

it('the codes that prove something are these and no others', () => {
  expect(byReason(wechatDeclines)).toEqual({
    codeUnusable: 'AUTHCODEEXPIRE AUTH_CODE_ERROR AUTH_CODE_INVALID',
    balance: 'NOTENOUGH',
    notSupported: 'NOTSUPORTCARD',
    orderClosed: 'ORDERCLOSED ORDERREVERSED',
    other: 'BUYER_MISMATCH TRADE_ERROR',
    configuration:
      'APPID_MCHID_NOT_MATCH APPID_NOT_EXIST MCHID_NOT_EXIST MCH_NOT_EXISTS NOAUTH NO_AUTH PARAM_ERROR',
  });
  expect(listed(wechatNoSuchOrder)).toBe('ORDERNOTEXIST ORDER_NOT_EXIST');
  expect(listed(wechatReversalNoSuchOrder)).toBe('NOT_FOUND ORDERNOTEXIST ORDER_NOT_EXIST');
  expect(listed(wechatReversalOver)).toBe('ORDERCLOSED ORDERREVERSED ORDER_CLOSED ORDER_REVERSED');
  expect(listed(wechatReversalPaid)).toBe('ORDERPAID ORDER_PAID');
  expect(listed(wechatReversalNotNow)).toBe(
    'BANKERROR BANK_ERROR FREQUENCY_LIMITED SIGNERROR SIGN_ERROR SYSTEMERROR SYSTEM_ERROR USERPAYING USER_PAYING',
  );
  expect(listed(refusedBy(wechatTable, wechatRefundRefusal))).toBe(
    'INVALID_REQUEST MCH_NOT_EXISTS NOT_ENOUGH NO_AUTH PARAM_ERROR USER_ACCOUNT_ABNORMAL',
  );
  expect(byReason(wechatNativeRefusals)).toEqual({
    configuration: 'APPID_MCHID_NOT_MATCH MCH_NOT_EXISTS NOAUTH NO_AUTH PARAM_ERROR',
    orderClosed: 'ORDERCLOSED ORDER_CLOSED',
  });
  expect(listed(wechatCloseRefusals)).toBe('MCH_NOT_EXISTS NOAUTH NO_AUTH PARAM_ERROR');
});

const statuses: Readonly<Record<string, number>> = {
  ORDER_NOT_EXIST: 404,
  ORDERNOTEXIST: 404,
  NOT_FOUND: 404,
  RESOURCE_NOT_EXISTS: 404,
  USER_PAYING: 202,
};
const said = (code: string) => ({
  status: Object.hasOwn(statuses, code) ? (statuses[code] ?? 400) : 400,
  json: { code, message: 'x' },
});

const readers: Readers = {
  pay: (code) => readPayAnswer(said(code), facts, order),
  query: (code) => readQueryAnswer(said(code), facts, order),
  reverse: (code) => readReversalAnswer(said(code), facts, order),
  refund: (code) => readRefundAnswer(said(code), refund),
  refundQuery: (code) => readRefundInquiry(said(code), refund),
  present: (code) => readNativeAnswer(said(code)),
  close: (code) => readCloseAnswer(said(code)),
};

it.each(everyCase(wechatTable, readers))('$operation: $code is $proves.kind', (one) => {
  expect(readBy(readers, one)).toMatchObject(eventOf(one));
});

it('each row has a call that it is read by, a meaning and a source that is spelt out', () => {
  expect(faultsOf(wechatTable, readers)).toEqual([]);
});

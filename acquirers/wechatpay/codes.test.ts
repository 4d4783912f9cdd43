// WeChat Pay's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
import { expect, it } from 'vitest';
import { byReason, listed } from '../../test/acquirers/code-rows.ts';
import { wechatNativeRefusals } from './native.ts';
import { wechatDeclines, wechatNoSuchOrder, wechatRefundRefusals } from './profile.ts';

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
  expect(listed(wechatRefundRefusals)).toBe(
    'INVALID_REQUEST MCH_NOT_EXISTS NOT_ENOUGH NO_AUTH PARAM_ERROR USER_ACCOUNT_ABNORMAL',
  );
  expect(byReason(wechatNativeRefusals)).toEqual({
    configuration: 'APPID_MCHID_NOT_MATCH MCH_NOT_EXISTS NOAUTH NO_AUTH PARAM_ERROR',
    orderClosed: 'ORDERCLOSED ORDER_CLOSED',
  });
});

// The gateway's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
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
import { readPayAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { gatewayTable } from './code-rows.ts';
import { readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';
import { readCloseAnswer, readPresentAnswer } from './presented.ts';
import { readSignInAnswer } from './sign-in.ts';
import { order, refund, shown } from '../../test/fuzz/rail.ts';
import {
  gatewayCloseRefusals,
  gatewayDeclines,
  gatewayPresentRefusals,
  gatewayRefundRefusal,
  gatewayVoidRefusals,
  isConfigurationRefusal,
  unlooked,
} from './codes.ts';

it('the codes that prove something are these and no others', () => {
  expect(byReason(gatewayDeclines)).toEqual({
    codeUnusable: 'AUTH_CODE_EXPIRED AUTH_CODE_INVALID AUTH_CODE_USED',
    balance: 'BALANCE_NOT_ENOUGH',
    limit: 'LIMIT_EXCEEDED',
    risk: 'RISK_REJECTED',
    notSupported: 'NOT_SUPPORTED',
    orderClosed: 'ORDER_CLOSED',
    configuration: 'MERCHANT_INVALID PARAM_ERROR TERMINAL_INVALID',
    offlineRefused: 'OFFLINE_EXPIRED OFFLINE_NOT_ALLOWED',
  });
  expect(listed(refusedBy(gatewayTable, gatewayRefundRefusal))).toBe(
    'ORDER_NOT_FOUND ORDER_NOT_PAID REFUND_EXCEEDS',
  );
  expect(listed(gatewayVoidRefusals)).toBe('CUTOFF_PASSED REFUND_EXISTS');
  expect(byReason(gatewayPresentRefusals)).toEqual({
    orderClosed: 'ORDER_CLOSED ORDER_EXPIRED',
    limit: 'LIMIT_EXCEEDED',
    notSupported: 'NOT_SUPPORTED',
    configuration: 'MERCHANT_INVALID PARAM_ERROR TERMINAL_INVALID',
  });
  expect(listed(gatewayCloseRefusals)).toBe('MERCHANT_INVALID NOT_SUPPORTED PARAM_ERROR TERMINAL_INVALID');
});

it('a sign-in is refused by name, and a request unlooked at, by these', () => {
  expect(listed(unlooked)).toBe('MERCHANT_INVALID PARAM_ERROR SIGN_ERROR TERMINAL_INVALID');
  const asked = [...unlooked, 'NOT_SUPPORTED', 'SYSTEM_ERROR', 'constructor'];
  expect(listed(asked.filter(isConfigurationRefusal))).toBe(
    'MERCHANT_INVALID NOT_SUPPORTED PARAM_ERROR TERMINAL_INVALID',
  );
});

const request = { terminalCode: '00810001', nonce: 'n', appKey: Buffer.from('a key') };

const readers: Readers = {
  pay: (errCode) => readPayAnswer({ errCode }, order),
  query: (errCode) => readQueryAnswer({ errCode }, order),
  reverse: (errCode) => readReversalAnswer({ errCode }, order),
  void: (errCode) => readGiveBackAnswer({ errCode }, { ...refund, method: 'void' }),
  refund: (errCode) => readGiveBackAnswer({ errCode }, refund),
  refundQuery: (errCode) => readGiveBackInquiry({ errCode }, refund),
  present: (errCode) => readPresentAnswer({ errCode }, shown),
  close: (errCode) => readCloseAnswer({ errCode }, shown),
  signIn: (errCode) => {
    const result = readSignInAnswer({ errCode }, request);
    return { kind: 'cause' in result ? (result.refused ?? 'unreadable') : 'opened' };
  },
};

it.each(everyCase(gatewayTable, readers))('$operation: $code is $proves.kind', (one) => {
  expect(readBy(readers, one)).toMatchObject(eventOf(one));
});

it('each row has a call that it is read by, a meaning and a source that is spelt out', () => {
  expect(faultsOf(gatewayTable, readers)).toEqual([]);
});

// What each answer of pay, query and cancel proves, and what proves nothing.
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { AuthorizeOrder } from '../../core/ports/acquirer.ts';
import {
  payContent,
  readPayAnswer,
  readProbeAnswer,
  readQueryAnswer,
  readReversalAnswer,
  type ShopFacts,
  subjectOf,
} from './codec.ts';
import { alipayDeclines, alipayReversalRefusals } from './codes.ts';

const order: AuthorizeOrder = {
  orderNumber: '0081000100010000001AB12CD',
  openedAt_ms: 0,
  amount_fen: 8880,
  code: '284776044882120319',
  deferred: null,
  timeout_ms: 10_000,
};

const paid = {
  code: '10000',
  msg: 'Success',
  out_trade_no: order.orderNumber,
  trade_no: '2026112322001412341234123412',
  total_amount: '88.80',
  buyer_pay_amount: '80.00',
  receipt_amount: '88.80',
  buyer_logon_id: '159****5620',
  buyer_user_id: '2088101117955611',
};
const payAnswer = { ...paid, gmt_payment: '2026-11-24 00:30:05' };
const queryAnswer = { ...paid, trade_status: 'TRADE_SUCCESS', send_pay_date: '2026-11-24 00:30:05' };
const failure = (sub_code: string, more: object = {}) => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code,
  ...more,
});
const pay = (json: unknown) => readPayAnswer(json, order);
const query = (json: unknown) => readQueryAnswer(json, order);
const cancel = (json: unknown) => readReversalAnswer(json, order);

const approved: PaymentEvent = {
  kind: 'approved',
  proof: {
    acquirerOrderId: paid.trade_no,
    retrievalRefNum: '',
    systemTraceNum: '',
    batchNo: '',
    paidAt: '2026-11-24T00:30:05+08:00',
    settlementDate: '20261124',
    rail: 'ALIPAY',
    payerApp: null,
    thirdPartyOrderId: paid.trade_no,
    actual_fen: 8000,
  },
};

it('the name of a shop is sent without what Alipay refuses, and without what tears the row of its bill', () => {
  expect(subjectOf('"老王",便利店\r\n一店')).toBe('老王  便利店  一店');
  expect(subjectOf('a/b=c&d')).toBe('a b c d');
  expect(subjectOf('老王，便利店（一店）')).toBe('老王，便利店（一店）');
});

describe('the request', () => {
  const shop: ShopFacts = {
    subject: '一码便利店',
    storeId: 'NJ_001',
    terminalId: 'NJ_T_001',
    operatorId: '0007',
    productCode: 'FACE_TO_FACE_PAYMENT',
    orderLife_min: 5,
    terminalParams: null,
  };

  it('carries order, code, yuan and the facts of shop and terminal', () => {
    expect(payContent(shop, order)).toEqual({
      out_trade_no: order.orderNumber,
      scene: 'bar_code',
      auth_code: '284776044882120319',
      total_amount: '88.80',
      subject: '一码便利店',
      product_code: 'FACE_TO_FACE_PAYMENT',
      store_id: 'NJ_001',
      operator_id: '0007',
      terminal_id: 'NJ_T_001',
      timeout_express: '5m',
    });
  });

  it('carries terminal parameters as they were configured, and no life where the default is wanted', () => {
    const content = payContent(
      { ...shop, orderLife_min: null, terminalParams: { terminalType: 'IOT' } },
      order,
    );
    expect(content).toMatchObject({ terminal_params: '{"terminalType":"IOT"}' });
    expect(content).not.toHaveProperty('timeout_express');
  });

  it('leaves out what nobody configured', () => {
    const content = payContent({ ...shop, storeId: null, operatorId: null }, order);
    expect(content).toMatchObject({ terminal_id: 'NJ_T_001' });
    expect(Object.keys(content).filter((name) => /^(store|operator)_id$/.test(name))).toEqual([]);
  });
});

describe('approved', () => {
  it('by pay and by query, when number and amount are ours', () => {
    expect(pay(payAnswer)).toEqual(approved);
    expect(query(queryAnswer)).toEqual(approved);
    expect(query({ ...queryAnswer, trade_status: 'TRADE_FINISHED' })).toEqual(approved);
    expect(pay({ ...payAnswer, trade_status: 'TRADE_SUCCESS', trans_currency: 'CNY' })).toEqual(approved);
  });

  it('never says who the buyer is', () => {
    expect(JSON.stringify([pay(payAnswer), query(queryAnswer)])).not.toMatch(/159|2088/);
  });

  it.each([
    ['told', '80.00', '88.80', 8000],
    ['nothing: a coupon paid it all', '0.00', '88.80', 0],
    ['not told', undefined, undefined, 8880],
    ['zero for everything', '0.00', '0.00', 8880],
    ['no amount', 'x', '88.80', 8880],
  ])('what the customer paid: %s', (_, buyer_pay_amount, receipt_amount, actual_fen) => {
    const event = pay({ ...payAnswer, buyer_pay_amount, receipt_amount });
    expect(event).toMatchObject({ kind: 'approved', proof: { actual_fen } });
  });
});

describe('a paid answer proves nothing', () => {
  const lies: [string, object, string][] = [
    ['of another order', { out_trade_no: `${order.orderNumber.slice(0, -1)}Z` }, 'MISMATCH'],
    ['of a number that ours begins with', { out_trade_no: order.orderNumber.slice(0, -1) }, 'MISMATCH'],
    ['of no order', { out_trade_no: undefined }, 'INCOMPLETE_out_trade_no'],
    ['whose order number is a number', { out_trade_no: 1 }, 'MISMATCH'],
    ['of another amount', { total_amount: '88.81' }, 'MISMATCH'],
    ['of a hundredth', { total_amount: '0.88' }, 'MISMATCH'],
    ['of nothing', { total_amount: '0.00' }, 'MISMATCH'],
    ['of an amount in no known form', { total_amount: '88.800' }, 'MISMATCH'],
    ['of an amount that is a number', { total_amount: 88.8 }, 'MISMATCH'],
    ['of no amount', { total_amount: undefined }, 'INCOMPLETE_total_amount'],
    ['in another currency', { trans_currency: 'HKD' }, 'MISMATCH'],
    ['without its number at Alipay', { trade_no: undefined }, 'INCOMPLETE_trade_no'],
    ['with an empty number at Alipay', { trade_no: '' }, 'INCOMPLETE_trade_no'],
  ];
  it.each(lies)('%s', (_, change, code) => {
    expect(pay({ ...payAnswer, ...change })).toEqual({ kind: 'undecided', code });
    expect(query({ ...queryAnswer, ...change })).toEqual({ kind: 'inquiryFailed', cause: code });
  });

  it('without its time', () => {
    expect(pay(paid)).toEqual({ kind: 'undecided', code: 'INCOMPLETE_paidAt' });
    expect(pay({ ...paid, gmt_payment: '24.11.2026' })).toMatchObject({ kind: 'undecided' });
  });

  it.each(['WAIT_BUYER_PAY', 'TRADE_CLOSED', 'SOMETHING'])('whose status is %s', (trade_status) => {
    expect(pay({ ...payAnswer, trade_status })).toEqual({ kind: 'undecided', code: trade_status });
  });
});

describe('declined', () => {
  it.each(Object.entries(alipayDeclines))('by pay with %s: %s', (code, reason) => {
    expect(pay(failure(code))).toEqual({ kind: 'declined', code, reason });
    const told = { out_trade_no: order.orderNumber, total_amount: '0.00', buyer_pay_amount: '0.00' };
    expect(pay(failure(code, told))).toEqual({ kind: 'declined', code, reason });
    expect(pay(failure(code, { out_trade_no: 'ANOTHER' }))).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(pay(failure(code, { total_amount: '1.00' }))).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  });

  it.each(Object.keys(alipayDeclines))('never by %s under another code than 40004', (sub_code) => {
    for (const code of ['20000', '20001', '40001', '40002', '40003', '40005', '40006', '99999'])
      expect(pay({ code, msg: '', sub_code })).toEqual({ kind: 'undecided', code: sub_code });
  });

  it.each(Object.keys(alipayDeclines))('never by a query or a cancel that says %s', (code) => {
    expect(query(failure(code)).kind).toBe('inquiryFailed');
    expect(cancel(failure(code)).kind).toBe('reversalPending');
  });
});

describe('pay: unknown', () => {
  it.each([
    'ACQ.SYSTEM_ERROR',
    'AQC.SYSTEM_ERROR',
    'ACQ.TRADE_HAS_SUCCESS',
    'ACQ.CONTEXT_INCONSISTENT',
    'ACQ.TRADE_BUYER_NOT_MATCH',
    'ACQ.PULL_MOBILE_CASHIER_FAIL',
    'ACQ.TRADE_NOT_EXIST',
    'ACQ.SOMETHING_NEW',
    'constructor',
    '__proto__',
  ])('40004 %s', (code) => {
    expect(pay(failure(code))).toEqual({ kind: 'undecided', code });
  });

  it.each([
    [{ code: '20000', sub_code: 'isp.unknow-error' }, 'isp.unknow-error'],
    [{ code: '20000' }, '20000'],
    [{ code: '40002', sub_code: 'isv.invalid-signature' }, 'isv.invalid-signature'],
    [{ code: '40004' }, '40004'],
    [{ code: 10000, out_trade_no: order.orderNumber }, 'NO_CODE'],
    [{}, 'NO_CODE'],
    [[], 'NO_CODE'],
    [null, 'NO_CODE'],
    ['10000', 'NO_CODE'],
  ])('%j', (json, code) => {
    expect(pay(json)).toEqual({ kind: 'undecided', code });
  });

  it('10003: the customer is asked', () => {
    expect(pay({ ...paid, code: '10003' })).toEqual({ kind: 'awaiting' });
    expect(pay({ code: '10003', out_trade_no: 'ANOTHER' })).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  });
});

describe('query', () => {
  it.each<[object, PaymentEvent]>([
    [failure('ACQ.TRADE_NOT_EXIST'), { kind: 'notFound' }],
    [{ ...queryAnswer, trade_status: 'WAIT_BUYER_PAY' }, { kind: 'awaiting' }],
    [
      { ...queryAnswer, trade_status: 'TRADE_CLOSED' },
      { kind: 'hostReversed', result: 'TRADE_CLOSED' },
    ],
    [failure('ACQ.SYSTEM_ERROR'), { kind: 'inquiryFailed', cause: 'ACQ.SYSTEM_ERROR' }],
    [{ code: '20000' }, { kind: 'inquiryFailed', cause: '20000' }],
    [
      { code: '40002', sub_code: 'ACQ.TRADE_NOT_EXIST' },
      { kind: 'inquiryFailed', cause: 'ACQ.TRADE_NOT_EXIST' },
    ],
    [
      { ...queryAnswer, trade_status: 'PAID' },
      { kind: 'inquiryFailed', cause: 'PAID' },
    ],
    [
      { ...queryAnswer, trade_status: undefined },
      { kind: 'inquiryFailed', cause: 'NO_TRADE_STATUS' },
    ],
    [
      { code: '10000', trade_status: 'TRADE_CLOSED' },
      { kind: 'inquiryFailed', cause: 'INCOMPLETE' },
    ],
    [
      failure('ACQ.TRADE_NOT_EXIST', { out_trade_no: 'ANOTHER' }),
      { kind: 'inquiryFailed', cause: 'MISMATCH' },
    ],
    [{}, { kind: 'inquiryFailed', cause: 'NO_CODE' }],
  ])('%j', (json, event) => {
    expect(query(json)).toEqual(event);
  });

  it.each(['WAIT_BUYER_PAY', 'TRADE_CLOSED'])(
    '%s of another order or amount proves nothing',
    (trade_status) => {
      const failed = { kind: 'inquiryFailed', cause: 'MISMATCH' };
      expect(query({ ...queryAnswer, trade_status, out_trade_no: 'ANOTHER' })).toEqual(failed);
      expect(query({ ...queryAnswer, trade_status, total_amount: '8.88' })).toEqual(failed);
    },
  );
});

describe('cancel', () => {
  const done = { code: '10000', out_trade_no: order.orderNumber, retry_flag: 'N' };
  it.each<[object, PaymentEvent]>([
    [
      { ...done, action: 'close' },
      { kind: 'reversalAcknowledged', result: 'CLOSED' },
    ],
    [
      { ...done, action: 'refund' },
      { kind: 'reversalAcknowledged', result: 'REFUNDED' },
    ],
    [done, { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }],
    [{ code: '10000' }, { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }],
    [failure('ACQ.TRADE_NOT_EXIST'), { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }],
    [
      { ...done, retry_flag: 'Y' },
      { kind: 'reversalPending', cause: 'RETRY' },
    ],
    [
      { ...done, retry_flag: 'Y', action: 'refund' },
      { kind: 'reversalPending', cause: 'RETRY' },
    ],
    [
      { ...done, retry_flag: 'X' },
      { kind: 'reversalPending', cause: 'NO_CANCEL_RESULT' },
    ],
    [
      { ...done, action: 'other' },
      { kind: 'reversalPending', cause: 'ACTION_other' },
    ],
    [
      { ...done, action: 'constructor' },
      { kind: 'reversalPending', cause: 'ACTION_constructor' },
    ],
    [
      { ...done, out_trade_no: 'ANOTHER', action: 'refund' },
      { kind: 'reversalPending', cause: 'MISMATCH' },
    ],
    [failure('ACQ.SYSTEM_ERROR'), { kind: 'reversalPending', cause: 'ACQ.SYSTEM_ERROR' }],
    [failure('AQC.SYSTEM_ERROR'), { kind: 'reversalPending', cause: 'AQC.SYSTEM_ERROR' }],
    [
      failure('ACQ.SELLER_BALANCE_NOT_ENOUGH'),
      { kind: 'reversalPending', cause: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' },
    ],
    [{ code: '20000' }, { kind: 'reversalPending', cause: '20000' }],
    [{}, { kind: 'reversalPending', cause: 'NO_CODE' }],
  ])('%j', (json, event) => {
    expect(cancel(json)).toEqual(event);
  });

  it.each([...alipayReversalRefusals])('%s is for good, and only under 40004', (cause) => {
    expect(cancel(failure(cause))).toEqual({ kind: 'reversalRefused', cause });
    expect(cancel({ code: '20000', sub_code: cause })).toEqual({ kind: 'reversalPending', cause });
    expect(cancel(failure(cause, { out_trade_no: 'ANOTHER' }))).toMatchObject({ cause: 'MISMATCH' });
  });
});

it.each([
  [{ code: '10000' }, null],
  [failure('ACQ.TRADE_NOT_EXIST'), null],
  [{ code: '40002', sub_code: 'isv.invalid-signature' }, 'isv.invalid-signature'],
  [{ code: '20000' }, '20000'],
  [{}, 'NO_CODE'],
])('a probe that hears %j is offline because of %j', (json, cause) => {
  expect(readProbeAnswer(json)).toBe(cause);
});

// What each answer of refund and of the refund query proves.
import { describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import type { ShopFacts } from './codec.ts';
import { alipayTable } from './code-rows.ts';
import { alipayRefundRefusal } from './codes.ts';
import { refusedBy } from '../../test/acquirers/code-rows.ts';
import { readRefundAnswer, readRefundInquiry, refundContent, refundInquiryContent } from './give-back.ts';

const order: GiveBackOrder = {
  method: 'refund',
  requestNumber: 'R0000000001',
  orderNumber: '0081000100010000001AB12CD',
  giveBackOpenedAt_ms: 0,
  openedAt_ms: 0,
  acquirerOrderId: 'A-1',
  amount_fen: 300,
  paid_fen: 1000,
  timeout_ms: 10_000,
};
const shop: ShopFacts = {
  subject: '一码',
  storeId: 'S1',
  terminalId: 'T1',
  operatorId: 'O1',
  productCode: 'FACE_TO_FACE_PAYMENT',
  orderLife_min: null,
  terminalParams: null,
};
const failure = (sub_code: string, more: object = {}) => ({ code: '40004', sub_code, ...more });

it('asks under our own number', () => {
  const names = { out_trade_no: order.orderNumber, out_request_no: 'R0000000001' };
  expect(refundContent(shop, order)).toEqual({
    ...names,
    refund_amount: '3.00',
    store_id: 'S1',
    terminal_id: 'T1',
    operator_id: 'O1',
  });
  expect(refundInquiryContent(order)).toEqual(names);
});

describe('refund', () => {
  const done = { code: '10000', out_trade_no: order.orderNumber, fund_change: 'Y', refund_fee: '3.00' };
  const refund = (json: unknown) => readRefundAnswer(json, order);
  const isDone: GiveBackEvent = { kind: 'done', result: 'REFUNDED', reference: null };

  it.each<[object, GiveBackEvent]>([
    [done, isDone],
    [{ ...done, refund_fee: '7.00' }, isDone],
    [{ ...done, refund_fee: '10.00' }, isDone],
    [
      { ...done, fund_change: 'N' },
      { kind: 'undecided', code: 'FUND_CHANGE_N' },
    ],
    [
      { ...done, fund_change: undefined },
      { kind: 'undecided', code: 'INCOMPLETE_fund_change' },
    ],
    [
      { ...done, refund_fee: '2.99' },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, refund_fee: '10.01' },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, refund_fee: 'x' },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, refund_fee: undefined },
      { kind: 'undecided', code: 'INCOMPLETE_refund_fee' },
    ],
    [
      { ...done, out_trade_no: 'ANOTHER' },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, out_trade_no: undefined },
      { kind: 'undecided', code: 'INCOMPLETE_out_trade_no' },
    ],
    [
      { ...done, out_request_no: 'ANOTHER' },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, out_trade_no: 1 },
      { kind: 'undecided', code: 'MISMATCH' },
    ],
    [
      { ...done, code: '20000' },
      { kind: 'undecided', code: '20000' },
    ],
    [
      { ...done, code: '10003' },
      { kind: 'undecided', code: '10003' },
    ],
    [failure('ACQ.SYSTEM_ERROR'), { kind: 'undecided', code: 'ACQ.SYSTEM_ERROR' }],
    [failure('ACQ.DISCORDANT_REPEAT_REQUEST'), { kind: 'undecided', code: 'ACQ.DISCORDANT_REPEAT_REQUEST' }],
    [failure('ACQ.SOMETHING_NEW'), { kind: 'undecided', code: 'ACQ.SOMETHING_NEW' }],
    [{}, { kind: 'undecided', code: 'NO_CODE' }],
  ])('%j', (json, event) => {
    expect(refund(json)).toEqual(event);
  });

  it.each(refusedBy(alipayTable, alipayRefundRefusal))(
    '%s is for good, under 40004 and of our order only',
    (code) => {
      expect(refund(failure(code, { out_trade_no: order.orderNumber }))).toMatchObject({
        kind: 'refused',
        code,
      });
      expect(refund({ code: '20000', sub_code: code })).toEqual({ kind: 'undecided', code });
      expect(refund(failure(code, { out_trade_no: 'ANOTHER' }))).toEqual({
        kind: 'undecided',
        code: 'MISMATCH',
      });
    },
  );
});

describe('refund query', () => {
  const found = {
    code: '10000',
    out_trade_no: order.orderNumber,
    out_request_no: order.requestNumber,
    refund_amount: '3.00',
    refund_status: 'REFUND_SUCCESS',
  };
  const failed = (cause: string): GiveBackEvent => ({ kind: 'inquiryFailed', cause });

  it.each<[object, GiveBackEvent]>([
    [found, { kind: 'done', result: 'REFUNDED', reference: null }],
    [{ code: '10000' }, { kind: 'notFound' }],
    [{ code: '10000', out_trade_no: order.orderNumber }, { kind: 'notFound' }],
    [failure('ACQ.TRADE_NOT_EXIST'), { kind: 'notFound' }],
    [failure('TRADE_NOT_EXIST'), { kind: 'notFound' }],
    [{ ...found, refund_status: undefined }, failed('NO_REFUND_STATUS')],
    [{ ...found, refund_status: 'REFUND_PROCESSING' }, failed('REFUND_PROCESSING')],
    [{ ...found, refund_amount: '3.01' }, failed('MISMATCH')],
    [{ ...found, refund_amount: undefined }, failed('MISMATCH')],
    [{ ...found, out_request_no: undefined }, failed('MISMATCH')],
    [{ ...found, out_request_no: 'R0000000002' }, failed('MISMATCH')],
    [{ ...found, out_trade_no: 'ANOTHER' }, failed('MISMATCH')],
    [{ ...found, out_trade_no: undefined }, failed('MISMATCH')],
    [{ ...found, refund_status: 1 }, failed('NO_REFUND_RESULT')],
    [{ ...found, code: '20000' }, failed('20000')],
    [failure('ACQ.SYSTEM_ERROR'), failed('ACQ.SYSTEM_ERROR')],
    [failure('ACQ.XTRADE_NOT_EXIST'), failed('ACQ.XTRADE_NOT_EXIST')],
    [{}, failed('NO_CODE')],
  ])('%j', (json, event) => {
    expect(readRefundInquiry(json, order)).toEqual(event);
  });
});

// What each answer about a refund proves.
import { describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { wechatTable } from './code-rows.ts';
import { wechatRefundRefusal } from './codes.ts';
import { refusedBy } from '../../test/acquirers/code-rows.ts';
import { readRefundAnswer, readRefundInquiry, refundBody } from './refund.ts';

const order: GiveBackOrder = {
  method: 'refund',
  requestNumber: 'R2611230001000200AB7K3M9Q1',
  orderNumber: '2611230001000200AB7K3M9Q1',
  giveBackOpenedAt_ms: 0,
  openedAt_ms: 0,
  acquirerOrderId: 'A-1',
  amount_fen: 400,
  paid_fen: 1290,
  timeout_ms: 1000,
};
const refund = (status: string) => ({
  refund_id: '50300000000000000000000000001',
  out_refund_no: order.requestNumber,
  out_trade_no: order.orderNumber,
  user_received_account: '招商银行信用卡0403',
  status,
  amount: { total: 1290, refund: 400, payer_refund: 400, currency: 'CNY' },
});
const ask = (json: unknown, status = 200) => readRefundAnswer({ status, json }, order);
const inquire = (json: unknown, status = 200) => readRefundInquiry({ status, json }, order);

it('the request names order, own number and both amounts', () => {
  expect(refundBody(order)).toEqual({
    out_trade_no: order.orderNumber,
    out_refund_no: order.requestNumber,
    amount: { refund: 400, total: 1290, currency: 'CNY' },
  });
});

describe("the request's answer", () => {
  it.each<[string, GiveBackEvent]>([
    // its answer says that it was taken; the query says that the money is back
    ['SUCCESS', { kind: 'accepted', code: 'SUCCESS' }],
    ['PROCESSING', { kind: 'accepted', code: 'PROCESSING' }],
    ['CLOSED', { kind: 'undecided', code: 'CLOSED' }],
    ['ABNORMAL', { kind: 'undecided', code: 'ABNORMAL' }],
    ['NEW', { kind: 'undecided', code: 'NEW' }],
  ])('%s', (status, event) => {
    expect(ask(refund(status))).toEqual(event);
  });

  it.each(refusedBy(wechatTable, wechatRefundRefusal))('%s refuses for good', (code) => {
    expect(ask({ code }, 403)).toMatchObject({ kind: 'refused', code });
    expect(ask({ code }, 400)).toMatchObject({ kind: 'refused', code });
    expect(ask({ code }, 401)).toEqual({ kind: 'undecided', code });
    expect(ask({ code }, 429)).toEqual({ kind: 'undecided', code });
  });

  it.each([
    ['RESOURCE_NOT_EXISTS', 404],
    ['FREQUENCY_LIMITED', 429],
    ['SIGN_ERROR', 401],
    ['SYSTEM_ERROR', 400],
    ['WHATEVER', 403],
  ])('%s leaves doubt', (code, status) => {
    expect(ask({ code }, status)).toEqual({ kind: 'undecided', code });
  });

  it('without a body leaves doubt', () => {
    expect(ask(null, 204)).toEqual({ kind: 'undecided', code: 'HTTP_204' });
    expect(ask(null, 200)).toEqual({ kind: 'undecided', code: 'INCOMPLETE_' });
  });
});

describe("the query's answer", () => {
  it.each<[string, GiveBackEvent]>([
    ['SUCCESS', { kind: 'done', result: 'REFUNDED', reference: '50300000000000000000000000001' }],
    ['PROCESSING', { kind: 'processing' }],
    ['CLOSED', { kind: 'refused', code: 'CLOSED', spent: true }],
    ['ABNORMAL', { kind: 'inquiryFailed', cause: 'ABNORMAL' }],
    ['NEW', { kind: 'inquiryFailed', cause: 'NEW' }],
  ])('%s', (status, event) => {
    expect(inquire(refund(status))).toEqual(event);
  });

  it('knows of no such refund by 404 and its code only', () => {
    expect(inquire({ code: 'RESOURCE_NOT_EXISTS' }, 404)).toEqual({ kind: 'notFound' });
    expect(inquire({ code: 'RESOURCE_NOT_EXISTS' }, 400)).toMatchObject({ kind: 'inquiryFailed' });
    expect(inquire({ code: 'ORDER_NOT_EXIST' }, 404)).toMatchObject({ kind: 'inquiryFailed' });
    expect(inquire({ code: 'NOT_ENOUGH' }, 403)).toMatchObject({ kind: 'inquiryFailed' });
  });
});

describe('an answer about something else proves nothing', () => {
  const amount = refund('SUCCESS').amount;
  const foreign: [string, Record<string, unknown>][] = [
    ['another request', { out_refund_no: 'R2' }],
    ['another order', { out_trade_no: 'X' }],
    ['one fen more', { amount: { ...amount, refund: 401 } }],
    ['another total', { amount: { ...amount, total: 1291 } }],
    ['another currency', { amount: { ...amount, currency: 'HKD' } }],
  ];
  const lacking = ['refund_id', 'out_refund_no', 'out_trade_no', 'status', 'amount'];

  it.each(foreign)('%s', (_, change) => {
    expect(ask({ ...refund('SUCCESS'), ...change })).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(inquire({ ...refund('SUCCESS'), ...change })).toEqual({
      kind: 'inquiryFailed',
      cause: 'MISMATCH',
    });
    expect(inquire({ ...refund('CLOSED'), ...change })).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
  });

  it.each(lacking)('no %s', (field) => {
    const json = { ...refund('SUCCESS'), [field]: undefined };
    expect(ask(json)).toEqual({ kind: 'undecided', code: `INCOMPLETE_${field}` });
    expect(inquire(json)).toEqual({ kind: 'inquiryFailed', cause: `INCOMPLETE_${field}` });
  });
});

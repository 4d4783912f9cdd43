// What each answer about a code of precreate proves, and what proves nothing.
import { describe, expect, it } from 'vitest';
import type { ClosingEvent } from '../../core/ports/acquirer.ts';
import { readQueryAnswer, type ShopFacts } from './codec.ts';
import { alipayPrecreateRefusals } from './codes.ts';
import { closingEvent } from '../transport/presented.ts';
import { foundAfterClose, precreateContent, readCloseAnswer, readPrecreateAnswer } from './presented.ts';

const minute_ms = 60_000;
const opened_ms = Date.UTC(2026, 10, 28, 10);
const order = {
  orderNumber: '0081000100010000001AB12CD',
  openedAt_ms: opened_ms,
  amount_fen: 8880,
  expiresAt_ms: opened_ms + 5 * minute_ms,
  timeout_ms: 10_000,
};
const shop: ShopFacts = {
  subject: '一码便利店',
  storeId: null,
  terminalId: '00810001',
  operatorId: null,
  productCode: 'FACE_TO_FACE_PAYMENT',
  orderLife_min: 5,
  terminalParams: null,
};
const content = 'https://qr.alipay.com/bavh4wjlxf12tper3a';
const good = { code: '10000', msg: 'Success', out_trade_no: order.orderNumber, qr_code: content };
const failure = (sub_code: string, more: object = {}) => ({ code: '40004', sub_code, ...more });
const precreate = (json: unknown) => readPrecreateAnswer(json, order);

describe('the request', () => {
  it.each([
    [0, '5m'],
    [1, '4m'],
    [2.5 * minute_ms, '2m'],
    [4 * minute_ms, '1m'],
    [4.9 * minute_ms, '1m'],
  ])('sent %i ms after the opening lives %s', (after_ms, life) => {
    expect(precreateContent(shop, order, opened_ms + after_ms)).toEqual({
      out_trade_no: order.orderNumber,
      total_amount: '88.80',
      subject: '一码便利店',
      product_code: 'FACE_TO_FACE_PAYMENT',
      terminal_id: '00810001',
      qr_code_timeout_express: life,
      timeout_express: life,
    });
  });
});

describe('precreate', () => {
  it('gives the code of our order', () => {
    expect(precreate(good)).toEqual({ kind: 'presented', content, endsAt_ms: null });
  });

  it.each<[string, unknown, string]>([
    ['another order', { ...good, out_trade_no: 'OTHER' }, 'MISMATCH'],
    ['no order', { ...good, out_trade_no: undefined }, 'NO_QR_CODE'],
    ['no code', { ...good, qr_code: undefined }, 'NO_QR_CODE'],
    ['an address of somebody else', { ...good, qr_code: 'https://qr.alipay.com.evil.cn/x' }, 'NO_QR_CODE'],
    ['plain HTTP', { ...good, qr_code: 'http://qr.alipay.com/x' }, 'NO_QR_CODE'],
    ['no envelope', { qr_code: content }, 'NO_CODE'],
    ['nothing', null, 'NO_CODE'],
    ['20000', { ...good, code: '20000' }, '20000'],
    ['10003', { ...good, code: '10003' }, '10003'],
    ['ACQ.SYSTEM_ERROR', failure('ACQ.SYSTEM_ERROR'), 'ACQ.SYSTEM_ERROR'],
    ['ACQ.CONTEXT_INCONSISTENT', failure('ACQ.CONTEXT_INCONSISTENT'), 'ACQ.CONTEXT_INCONSISTENT'],
    ['a refusal for another order', failure('ACQ.ACCESS_FORBIDDEN', { out_trade_no: 'X' }), 'MISMATCH'],
    ['toString', failure('toString'), 'toString'],
  ])('with %s shows nothing', (_, json, code) => {
    expect(precreate(json)).toEqual({ kind: 'undecided', code });
  });

  it('that the order is paid is told apart: it is to be asked about', () => {
    const code = 'ACQ.TRADE_HAS_SUCCESS';
    expect(precreate(failure(code))).toEqual({ kind: 'undecided', code, saysPaid: true });
    expect(precreate(failure(code, { out_trade_no: 'X' }))).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  });

  it.each(Object.entries(alipayPrecreateRefusals))('with %s is refused: %s', (code, reason) => {
    expect(precreate(failure(code))).toEqual({ kind: 'refused', code, reason });
    expect(precreate({ code: '40002', sub_code: code })).toEqual({ kind: 'undecided', code });
  });
});

it('a code that nobody scanned is no order, and "no such order" no proof', () => {
  const said = failure('ACQ.TRADE_NOT_EXIST', { out_trade_no: order.orderNumber });
  expect(readQueryAnswer(said, { ...order, presented: true })).toEqual({ kind: 'processing' });
  expect(readQueryAnswer(said, order)).toEqual({ kind: 'notFound' });
});

describe('close', () => {
  it.each<[unknown, ClosingEvent]>([
    [
      { code: '10000', out_trade_no: order.orderNumber },
      { kind: 'closePending', cause: '10000' },
    ],
    [failure('ACQ.TRADE_NOT_EXIST'), { kind: 'closePending', cause: 'ACQ.TRADE_NOT_EXIST' }],
    [
      failure('ACQ.TRADE_STATUS_ERROR'),
      { kind: 'closePending', cause: 'ACQ.TRADE_STATUS_ERROR', mayBePaid: true },
    ],
    [{ code: '20000' }, { kind: 'closePending', cause: '20000', mayBePaid: true }],
    [{}, { kind: 'closePending', cause: 'NO_CODE', mayBePaid: true }],
    [
      { code: '10000', out_trade_no: 'X' },
      { kind: 'closePending', cause: 'MISMATCH', mayBePaid: true },
    ],
    [failure('ACQ.INVALID_PARAMETER'), { kind: 'closeRefused', cause: 'ACQ.INVALID_PARAMETER' }],
    [failure('ACQ.ACCESS_FORBIDDEN'), { kind: 'closeRefused', cause: 'ACQ.ACCESS_FORBIDDEN' }],
    [
      { code: '40003', sub_code: 'ACQ.ACCESS_FORBIDDEN' },
      { kind: 'closePending', cause: 'ACQ.ACCESS_FORBIDDEN', mayBePaid: true },
    ],
  ])('%j proves nothing by itself', (json, event) => {
    expect(readCloseAnswer(json, order)).toEqual(event);
  });
});

describe('TRADE_CLOSED after a close', () => {
  const ended = { kind: 'hostReversed', result: 'TRADE_CLOSED' } as const;
  it.each<[string, unknown, true | undefined]>([
    ['carried out', { code: '10000', out_trade_no: order.orderNumber }, undefined],
    ['of an order that had ended before', failure('ACQ.TRADE_STATUS_ERROR'), true],
    ['of an order that was not there a moment ago', failure('ACQ.TRADE_NOT_EXIST'), true],
    ['refused before anybody looked', failure('ACQ.ACCESS_FORBIDDEN'), true],
    ['without a believable answer', {}, true],
  ])('is not called unpaid unless the close itself ended it: %s', (_, json, wentBack) => {
    const open = readCloseAnswer(json, order);
    expect(closingEvent(foundAfterClose(ended, open), open, false)).toEqual({
      kind: 'closed',
      result: 'TRADE_CLOSED',
      ...(wentBack && { wentBack }),
    });
  });
});

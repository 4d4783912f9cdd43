// What each answer about a presented order proves, and what proves nothing.
import { describe, expect, it } from 'vitest';
import type { ClosingEvent } from '../../core/ports/acquirer.ts';
import { readQueryAnswer } from './codec.ts';
import { gatewayPresentRefusals } from './codes.ts';
import { presentBody, readCloseAnswer, readPresentAnswer } from './presented.ts';
import { closingEvent } from '../transport/presented.ts';

const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: Date.UTC(2026, 10, 28, 10),
  amount_fen: 1290,
  expiresAt_ms: Date.UTC(2026, 10, 28, 10, 5),
  timeout_ms: 1000,
};
const terminal = {
  merchantCode: '898310148160001',
  terminalCode: '00810001',
  deviceType: '11',
  ip: '192.0.2.7',
};
const good = {
  errCode: '00',
  merchantOrderId: order.orderNumber,
  transactionAmount: 1290,
  qrCode: 'https://qr.example/p/1',
  expiresAt: '2026-11-28T18:05:00+08:00',
};
const present = (json: unknown) => readPresentAnswer(json, order);
const close = (json: unknown) => readCloseAnswer(json, order);

it('the request locks the amount and says when the code ends', () => {
  expect(presentBody(terminal, order)).toEqual({
    merchantCode: '898310148160001',
    terminalCode: '00810001',
    transactionAmount: 1290,
    transactionCurrencyCode: '156',
    merchantOrderId: order.orderNumber,
    payMode: 'QR_CODE',
    expiresAt: '2026-11-28T10:05:00.000Z',
    deviceType: '11',
    ip: '192.0.2.7',
  });
});

describe('present', () => {
  it('gives the code and its end, which may be sooner than asked', () => {
    const presented = { kind: 'presented', content: good.qrCode, endsAt_ms: order.expiresAt_ms };
    expect(present(good)).toEqual(presented);
    expect(present({ ...good, expiresAt: '2026-11-28T10:04:00Z' })).toEqual({
      ...presented,
      endsAt_ms: order.expiresAt_ms - 60_000,
    });
  });

  it.each<[string, unknown, string]>([
    ['another order', { ...good, merchantOrderId: 'X' }, 'MISMATCH'],
    ['another amount', { ...good, transactionAmount: 1291 }, 'MISMATCH'],
    ['no order', { ...good, merchantOrderId: undefined }, 'INCOMPLETE_merchantOrderId'],
    ['no code', { ...good, qrCode: '' }, 'INCOMPLETE_qrCode'],
    ['a code of two lines', { ...good, qrCode: 'https://qr.example\nx' }, 'INCOMPLETE_qrCode'],
    ['a code too long to read', { ...good, qrCode: 'x'.repeat(513) }, 'INCOMPLETE_qrCode'],
    ['no end', { ...good, expiresAt: undefined }, 'INCOMPLETE_expiresAt'],
    ['a later end', { ...good, expiresAt: '2026-11-28T18:05:01+08:00' }, 'ENDS_LATER'],
    ['DUPLICATE_ORDER', { errCode: 'DUPLICATE_ORDER' }, 'DUPLICATE_ORDER'],
    ['SIGN_ERROR', { errCode: 'SIGN_ERROR' }, 'SIGN_ERROR'],
    ['toString', { errCode: 'toString' }, 'toString'],
    ['nothing', {}, 'NO_ERRCODE'],
    ['a refusal for another order', { errCode: 'ORDER_CLOSED', merchantOrderId: 'X' }, 'MISMATCH'],
  ])('with %s shows nothing', (_, json, code) => {
    expect(present(json)).toEqual({ kind: 'undecided', code });
  });

  it('that the order is paid is told apart: it is to be asked about', () => {
    expect(present({ errCode: 'ORDER_PAID' })).toEqual({
      kind: 'undecided',
      code: 'ORDER_PAID',
      saysPaid: true,
    });
  });

  it.each(Object.entries(gatewayPresentRefusals))('with %s is refused: %s', (code, reason) => {
    expect(present({ errCode: code })).toEqual({ kind: 'refused', code, reason });
  });
});

it('"no such order" is no proof while a code is shown', () => {
  const said = { errCode: '00', queryResCode: 'FF' };
  expect(readQueryAnswer(said, { ...order, presented: true })).toEqual({ kind: 'processing' });
  expect(readQueryAnswer(said, order)).toEqual({ kind: 'notFound' });
});

describe('close', () => {
  const said = { errCode: '00', merchantOrderId: order.orderNumber };
  it.each<[unknown, ClosingEvent]>([
    [
      { ...said, closeResult: 'CLOSED' },
      { kind: 'closed', result: 'CLOSED' },
    ],
    [
      { ...said, closeResult: 'PAID' },
      { kind: 'closePending', cause: 'PAID', mayBePaid: true },
    ],
    [
      { ...said, closeResult: 'SHUT' },
      { kind: 'closePending', cause: 'NO_CLOSE_RESULT', mayBePaid: true },
    ],
    [
      { errCode: '00', closeResult: 'CLOSED' },
      { kind: 'closePending', cause: 'NO_CLOSE_RESULT', mayBePaid: true },
    ],
    [
      { ...said, merchantOrderId: 'X', closeResult: 'CLOSED' },
      { kind: 'closePending', cause: 'MISMATCH', mayBePaid: true },
    ],
    [
      { ...said, errCode: 'PROCESSING', closeResult: 'CLOSED' },
      { kind: 'closePending', cause: 'PROCESSING', mayBePaid: true },
    ],
    [{ errCode: 'SYSTEM_ERROR' }, { kind: 'closePending', cause: 'SYSTEM_ERROR', mayBePaid: true }],
    [{}, { kind: 'closePending', cause: 'NO_ERRCODE', mayBePaid: true }],
    [{ errCode: 'PARAM_ERROR' }, { kind: 'closeRefused', cause: 'PARAM_ERROR' }],
    [{ errCode: 'NOT_SUPPORTED' }, { kind: 'closeRefused', cause: 'NOT_SUPPORTED' }],
  ])('reads %j', (json, event) => {
    expect(close(json)).toEqual(event);
  });

  it('is not proven by the end of the code where it said PAID or PROCESSING', () => {
    for (const json of [
      { ...said, closeResult: 'PAID' },
      { ...said, errCode: 'PROCESSING' },
    ])
      expect(closingEvent({ kind: 'processing' }, close(json), true)).toMatchObject({ kind: 'closePending' });
    const refused = close({ errCode: 'NOT_SUPPORTED' });
    expect(closingEvent({ kind: 'processing' }, refused, true)).toEqual({
      kind: 'closed',
      result: 'EXPIRED',
    });
  });
});

// Refunds of the host: one number is one refund, their sum never exceeds the charge, and a refused one stays refused.
import { expect, test } from 'vitest';
import { type Fields, stage } from './caller.ts';

const refund = (request: string, fen: number, order = 'A1'): Fields => ({
  merchantOrderId: order,
  refundRequestId: request,
  transactionAmount: fen,
});
const HOUR_ms = 3_600_000;

test('done: the sum so far, and query tells it', () => {
  const { ask, pay, host } = stage();
  pay('A1');
  expect(ask('refund', refund('R1', 300))).toMatchObject({ errCode: '00', refundedAmount: 300 });
  expect(ask('refund', refund('R2', 950))).toMatchObject({
    errCode: '00',
    refundOrderId: expect.any(String),
    refundedAmount: 1250,
  });
  expect(ask('query', { merchantOrderId: 'A1' })).toMatchObject({
    queryResCode: '3',
    refundedAmount: 1250,
    transactionAmount: 1250,
  });
  expect(host.ledger.orders()).toMatchObject([{ state: 'paid', refunded_fen: 1250, reversed_fen: 0 }]);
  expect(host.ledger.entries().slice(1)).toMatchObject([
    { kind: 'refund', requestNumber: 'R1', amount_fen: 300 },
    { kind: 'refund', requestNumber: 'R2', amount_fen: 950 },
  ]);
});

test('rule 4: the same number again pays nothing out; with other content it is refused', () => {
  const { ask, pay, stateOf } = stage();
  pay('A1');
  pay('A2');
  const first = ask('refund', refund('R1', 300));
  expect(ask('refund', refund('R1', 300))).toEqual(first);
  expect(ask('refund', refund('R1', 301))['errCode']).toBe('DUPLICATE_REFUND');
  expect(ask('refund', refund('R1', 300, 'A2'))['errCode']).toBe('DUPLICATE_REFUND');
  expect(stateOf('A1')?.refunded_fen).toBe(300);
  expect(stateOf('A2')?.refunded_fen).toBe(0);
});

test('rule 4: the sum never exceeds the charge, and what was refused stays so', () => {
  const { ask, pay } = stage();
  pay('A1');
  ask('refund', refund('R1', 1000));
  expect(ask('refund', refund('R2', 251))['errCode']).toBe('REFUND_EXCEEDS');
  expect(ask('refund', refund('R2', 251))['errCode']).toBe('REFUND_EXCEEDS');
  expect(ask('query-refund', { refundRequestId: 'R2' })).toMatchObject({
    refundResCode: '5',
    failCode: 'REFUND_EXCEEDS',
  });
  expect(ask('refund', refund('R3', 250))['errCode']).toBe('00');
});

test('an accepted refund counts against the charge until it fails', () => {
  const { ask, pay, pass, mood, stateOf } = stage({ approve: 0, refundFailsLater: 1 });
  mood.approve = 1e9;
  pay('A1');
  mood.approve = 0;
  expect(ask('refund', refund('R1', 1000))['errCode']).toBe('0000');
  expect(ask('query-refund', { refundRequestId: 'R1' })['refundResCode']).toBe('1');
  expect(ask('refund', refund('R2', 1000))['errCode']).toBe('REFUND_EXCEEDS');
  expect(ask('voidpayment', { merchantOrderId: 'A1', reason: 'VOID' })['errCode']).toBe('REFUND_EXISTS');
  pass(2 * HOUR_ms);
  expect(ask('query-refund', { refundRequestId: 'R1' })).toMatchObject({
    refundResCode: '5',
    failCode: 'ACCOUNT_CLOSED_08',
  });
  expect(stateOf('A1')?.refunded_fen).toBe(0);
  Object.assign(mood, { approve: 1, refundFailsLater: 0 });
  expect(ask('refund', refund('R3', 1250))['errCode']).toBe('00');
});

test('refundProcessing: accepted, then done, once', () => {
  const { ask, pay, pass, host } = stage({ approve: 0, refundProcessing: 1 });
  pay('A1');
  expect(ask('refund', refund('R1', 400))['errCode']).toBe('0000');
  expect(ask('refund', refund('R1', 400))['errCode']).toBe('0000');
  expect(host.ledger.entries()).toHaveLength(1);
  pass(2 * HOUR_ms);
  expect(ask('query-refund', { refundRequestId: 'R1' })).toMatchObject({
    refundResCode: '0',
    refundOrderId: expect.any(String),
  });
  expect(ask('refund', refund('R1', 400))).toMatchObject({ errCode: '00', refundedAmount: 400 });
  expect(host.ledger.entries()).toHaveLength(2);
});

test('refundRefused: the first word proves nothing, the inquiry says failed', () => {
  const { ask, pay, stateOf } = stage({ approve: 0, refundRefused: 1 });
  pay('A1');
  expect(ask('refund', refund('R1', 400))['errCode']).toBe('BALANCE_NOT_ENOUGH');
  expect(ask('query-refund', { refundRequestId: 'R1' })['refundResCode']).toBe('5');
  expect(stateOf('A1')?.refunded_fen).toBe(0);
});

test('nothing to give back: unknown, undecided, failed, reversed, voided', () => {
  const { ask, pay, mood, pass } = stage();
  expect(ask('refund', refund('R1', 1, 'A9'))['errCode']).toBe('ORDER_NOT_FOUND');
  expect(ask('query-refund', { refundRequestId: 'R1' })['failCode']).toBe('ORDER_NOT_FOUND');
  expect(ask('query-refund', { refundRequestId: 'R8' })['refundResCode']).toBe('FF');
  for (const [order, reason] of [
    ['A1', 'REVERSAL'],
    ['A2', 'VOID'],
  ] as const) {
    pay(order);
    ask('voidpayment', { merchantOrderId: order, reason });
    expect(ask('refund', refund(`R${order}`, 1, order))['errCode']).toBe('ORDER_NOT_PAID');
  }
  Object.assign(mood, { approve: 0, acceptedThenFailed: 1 });
  pay('A3');
  expect(ask('refund', refund('R3', 1, 'A3'))['errCode']).toBe('PROCESSING');
  expect(ask('query-refund', { refundRequestId: 'R3' })['refundResCode']).toBe('FF');
  pass(HOUR_ms);
  expect(ask('refund', refund('R3', 1, 'A3'))['errCode']).toBe('ORDER_NOT_PAID');
});

test('a reversal after a refund gives back the rest and no more', () => {
  const { ask, pay, stateOf, seen } = stage();
  pay('A1');
  ask('refund', refund('R1', 300));
  expect(ask('voidpayment', { merchantOrderId: 'A1', reason: 'REVERSAL' })['voidResult']).toBe('REVERSED');
  expect(stateOf('A1')).toMatchObject({ charged_fen: 1250, refunded_fen: 300, reversed_fen: 950 });
  expect(seen.get('reversalAfterRefund')).toBe(1);
});

test('on the platform, under another number: the request that comes after it is refused, and nothing goes back twice', () => {
  const { ask, pay, host } = stage();
  pay('A1');
  expect(host.refundOnPlatform('R1', 'A1', 400)).toBe(false);
  expect(host.refundOnPlatform('R1', 'A1', 700)).toBe(true);
  expect(host.refundOnPlatform('R1', 'A1', 700)).toBe(false);
  expect([host.isBackOnPlatform('R1'), host.isBackOnPlatform('R2')]).toEqual([true, false]);
  expect(ask('refund', refund('R1', 700))['errCode']).toBe('REFUND_EXCEEDS');
  ask('refund', refund('R2', 300));
  expect(host.refundOnPlatform('R2', 'A1', 300)).toBe(false);
  expect(host.ledger.orders()).toMatchObject([{ refunded_fen: 1000 }]);
});

test('where nothing is kept of a refusal: the same number may be asked for again, and gives back once', () => {
  const { ask, pay, mood, stateOf } = stage({ approve: 0, refundRefused: 1 }, 1, { forgetsRefusals: true });
  mood.approve = 1e9;
  pay('A1');
  mood.approve = 0;
  const refused = ask('refund', refund('R1', 300))['errCode'];
  expect(refused).not.toBe('00');
  expect(ask('query-refund', { refundRequestId: 'R1' })).toMatchObject({ refundResCode: 'FF' });
  mood.approve = 1e9;
  for (let times = 0; times < 2; times += 1)
    expect(ask('refund', refund('R1', 300))).toMatchObject({ errCode: '00', refundedAmount: 300 });
  expect(stateOf('A1')?.refunded_fen).toBe(300);
});

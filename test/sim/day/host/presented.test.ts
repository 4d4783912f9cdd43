// "Main scan" of the protocol page: whoever scans first pays, once and in time, and what is closed is closed for ever.
import { expect, test } from 'vitest';
import { MORNING_ms, shop, type Stage, stage } from './caller.ts';

const MINUTE_ms = 60_000;
const LIFE_ms = 2 * MINUTE_ms;
const customer = { payCode: '281234567890123456', takes_ms: 5000, pays: true };
const order = (merchantOrderId: string, more = {}) => ({
  merchantOrderId,
  transactionAmount: 990,
  transactionCurrencyCode: '156',
  payMode: 'QR_CODE',
  expiresAt: new Date(MORNING_ms + LIFE_ms).toISOString(),
  deviceType: '11',
  ip: '10.0.0.7',
  ...more,
});

function presented(on: Stage, merchantOrderId = 'M1'): string {
  const answer = on.ask('present', order(merchantOrderId));
  expect(answer).toMatchObject({ errCode: '00', merchantOrderId, transactionAmount: 990 });
  return String(answer['qrCode']);
}

const found = (on: Stage, merchantOrderId = 'M1') => on.ask('query', { merchantOrderId });
const closed = (on: Stage, merchantOrderId = 'M1') => on.ask('close', { merchantOrderId });

test('rule 1: paid by whoever scans first, for the whole amount, once', () => {
  const on = stage();
  const content = presented(on);
  expect(on.host.scan('https://elsewhere.invalid', customer)).toBe('unknown');
  expect(on.host.scan(content, customer)).toBe('taken');
  expect(on.host.scan(content, { ...customer, payCode: '131234567890123456' })).toBe('busy');
  on.pass(5000);
  expect(on.host.scan(content, customer)).toBe('over');
  expect(found(on)).toMatchObject({ queryResCode: '0', transactionAmount: 990, rail: 'ALIPAY' });
  expect(on.stateOf('M1')).toMatchObject({ state: 'paid', charges: 1, charged_fen: 990 });
});

test('rule 2: the same content has the same code; other content, and what has ended, has none', () => {
  const on = stage();
  const content = presented(on);
  expect(presented(on)).toBe(content);
  expect(on.ask('present', order('M1', { transactionAmount: 991 }))['errCode']).toBe('DUPLICATE_ORDER');
  expect(on.ask('present', order('M2', { payMode: 'CODE_SCAN' }))['errCode']).toBe('PARAM_ERROR');
  on.host.scan(content, customer);
  on.pass(5000);
  expect(on.ask('present', order('M1'))['errCode']).toBe('ORDER_PAID');
  on.pass(LIFE_ms);
  expect(on.ask('present', order('M3'))['errCode']).toBe('ORDER_EXPIRED');
});

test('rule 3: a first try that failed leaves it open; closed and ended it stays so', () => {
  const on = stage();
  const content = presented(on);
  expect(found(on)['queryResCode']).toBe('1');
  on.host.scan(content, { ...customer, pays: false });
  on.pass(5000);
  expect(found(on)['queryResCode']).toBe('1');
  on.pass(LIFE_ms);
  expect(found(on)).toMatchObject({ queryResCode: '5', failCode: 'ORDER_EXPIRED' });
  expect(on.host.scan(content, customer)).toBe('over');
});

test('rule 4: a close closes for ever, known or not, waits for who is paying, and gives nothing back', () => {
  const on = stage();
  const content = presented(on);
  on.host.scan(content, { ...customer, pays: false });
  expect(closed(on)['errCode']).toBe('PROCESSING');
  on.pass(5000);
  expect(closed(on)).toMatchObject({ merchantOrderId: 'M1', closeResult: 'CLOSED' });
  expect(on.host.scan(content, customer)).toBe('over');
  expect(found(on)).toMatchObject({ queryResCode: '5', failCode: 'ORDER_CLOSED' });
  expect(closed(on, 'M2')['closeResult']).toBe('CLOSED');
  expect(on.ask('present', order('M2'))['errCode']).toBe('ORDER_CLOSED');
  on.host.scan(presented(on, 'M3'), customer);
  on.pass(5000);
  expect(closed(on, 'M3')['closeResult']).toBe('PAID');
  expect(on.stateOf('M3')).toMatchObject({ state: 'paid', reversed_fen: 0 });
});

test('rule 5: who pays when the code has ended pays nothing', () => {
  const on = stage();
  const content = presented(on);
  on.pass(LIFE_ms - 1000);
  expect(on.host.scan(content, { ...customer, takes_ms: 1000 })).toBe('taken');
  on.pass(1000);
  expect(on.stateOf('M1')).toMatchObject({ state: 'failed', charges: 0 });
  expect(on.host.isPayable('M1')).toBe(false);
});

test('where a code can only run out, one that nobody has scanned is no order, and is not closed', () => {
  const on = stage({}, 1, { endsCodes: false });
  const content = presented(on);
  expect(closed(on)['errCode']).toBe('NOT_SUPPORTED');
  expect(found(on)['queryResCode']).toBe('FF');
  expect(on.host.isPayable('M1')).toBe(true);
  on.host.scan(content, { ...customer, pays: false });
  on.pass(5000);
  expect(found(on)['queryResCode']).toBe('1');
  expect(closed(on)['closeResult']).toBe('CLOSED');
  presented(on, 'M2');
  on.pass(LIFE_ms);
  expect(found(on, 'M2')['queryResCode']).toBe('FF');
  expect(closed(on, 'M2')['errCode']).toBe('NOT_SUPPORTED');
});

test('the code ends when it was asked to, or sooner', () => {
  const ends = Array.from({ length: 60 }, (_, seed) => {
    const { expiresAt } = stage({}, seed).ask('present', { ...shop, ...order('M1') });
    return Date.parse(String(expiresAt)) - MORNING_ms;
  });
  expect(Math.max(...ends)).toBe(LIFE_ms);
  expect(Math.min(...ends)).toBeLessThan(LIFE_ms);
});

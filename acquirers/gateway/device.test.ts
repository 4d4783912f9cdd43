// What each request says of the device and of where it stands (银发〔2021〕259号; docs/gateway-protocol.md, "The device").
import { describe, expect, it } from 'vitest';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { orderBody, payBody, type TerminalFacts } from './codec.ts';
import { giveBackBody, giveBackInquiryBody } from './give-back.ts';
import { presentBody } from './presented.ts';

const bare = { merchantCode: '898420157220001', terminalCode: '20260002', deviceType: '10' };
const location = { longitude: 121.48352, latitude: 31.221345 };
const place = { longitude: '+121.48352', latitude: '+31.221345' };
const order = {
  orderNumber: '20260002001000001A81FA952',
  openedAt_ms: 0,
  amount_fen: 8741,
  timeout_ms: 1000,
  expiresAt_ms: 0,
};
const refund: GiveBackOrder = {
  ...order,
  method: 'refund',
  requestNumber: '20260002001000007R81FA952',
  giveBackOpenedAt_ms: 0,
  acquirerOrderId: 'A-1',
  paid_fen: 8741,
};
const named = ['deviceType', 'terminalSerial', 'ip', 'longitude', 'latitude'];
const deviceOf = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => named.includes(name)));

const requests: readonly [string, (facts: TerminalFacts) => Record<string, unknown>][] = [
  ['pay', (facts) => payBody(facts, { ...order, code: '1', deferred: null })],
  ['present', (facts) => presentBody(facts, order)],
  ['refund', (facts) => giveBackBody(facts, refund)],
  ['void', (facts) => giveBackBody(facts, { ...refund, method: 'void' })],
];

describe.each(requests)('%s', (_call, bodyOf) => {
  it.each<[string, Partial<TerminalFacts>, Record<string, unknown>]>([
    ['an address', { ip: '192.0.2.7' }, { ip: '192.0.2.7' }],
    ['a place and no address', { location }, place],
    ['both', { ip: '::1', location }, { ip: '::1', ...place }],
    ['a serial', { serial: 'YM-1', location }, { terminalSerial: 'YM-1', ...place }],
  ])('of a terminal with %s', (_with, facts, device) => {
    expect(deviceOf(bodyOf({ ...bare, ...facts }))).toEqual({ deviceType: '10', ...device });
  });
});

it('questions and reversals say nothing of it: nothing may stop them', () => {
  const facts = { ...bare, serial: 'YM-1', ip: '192.0.2.7', location };
  expect(deviceOf(orderBody(facts, order.orderNumber))).toEqual({});
  expect(deviceOf(giveBackInquiryBody(facts, refund))).toEqual({});
});

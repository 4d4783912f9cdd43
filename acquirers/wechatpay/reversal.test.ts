// A refused reversal: which refusals are looked into, what the look makes of them, and how soon the machine has its proof.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { createWechatPay, type WechatPaySettings } from './adapter.ts';
import type { Send } from './call.ts';
import type { CallOutcome } from './message.ts';
import { wechatPolicy } from './profile.ts';
import { merchantFacts } from '../../fixtures/acquirers/wechatpay/merchant-facts.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const settings: WechatPaySettings = {
  id: 'wechat',
  rules: [],
  probeTimeout_ms: 1000,
  merchant: merchantFacts,
  call: {
    baseUrl: 'https://acquirer.invalid',
    ca: null,
    connectTimeout_ms: 1000,
    merchantKey: privateKey,
    merchantSerial: '01',
    platformKeys: [{ serial: 'PUB_KEY_ID_1', pem }],
    nonce: () => 'n',
    wall_ms: () => 0,
  },
};
const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: 0,
  amount_fen: 1290,
  timeout_ms: 10_000,
};
const named = { mchid: '1900000109', out_trade_no: order.orderNumber };
const NUMBER_FIELD = 'transaction_id';
const paid = {
  ...named,
  [NUMBER_FIELD]: '4200001234202611231234567890',
  trade_state: 'SUCCESS',
  success_time: '2026-11-23T23:59:59+08:00',
  amount: { total: 1290, currency: 'CNY' },
};

const answered = (status: number, json: unknown, latency_ms = 300): CallOutcome => ({
  kind: 'answered',
  answer: { status, json },
  latency_ms,
  serverDate_ms: null,
});
const refused = (code: string, status = 400) => answered(status, { code, message: 'x' });
const state = (trade_state: string) => answered(200, { ...named, trade_state });
const noSuchOrder = refused('ORDER_NOT_EXIST', 404);

/** Answers a reversal with one outcome and every query with the other. */
function reversed(reversal: CallOutcome, found: CallOutcome) {
  const asked: { path: string; timeout_ms: number }[] = [];
  const send: Send = (_call, { path, timeout_ms }, finish) => {
    asked.push({ path, timeout_ms });
    finish(path.includes('/reverse') ? reversal : found);
  };
  const events: PaymentEvent[] = [];
  createWechatPay(settings, send).reverse(order, (event) => events.push(event));
  return { events, asked };
}

const acknowledged = (result: string) => ({ kind: 'reversalAcknowledged', result });
const pending = (cause: string) => ({ kind: 'reversalPending', cause });

describe('a refusal that is looked into', () => {
  it.each<[string, CallOutcome, object]>([
    ['INVALID_REQUEST', state('REVOKED'), acknowledged('REVOKED')],
    ['PARAM_ERROR', state('CLOSED'), acknowledged('CLOSED')],
    ['NEVER_HEARD_OF', state('REVOKED'), acknowledged('REVOKED')],
    ['ORDER_PAID', state('REVOKED'), acknowledged('REVOKED')],
    ['ORDER_PAID', answered(200, paid), { kind: 'reversalRefused', cause: 'ORDER_PAID' }],
    ['ORDERPAID', answered(200, paid), { kind: 'reversalRefused', cause: 'ORDERPAID' }],
    ['ORDER_PAID', answered(200, { ...paid, amount: { total: 1 } }), pending('ORDER_PAID')],
    ['ORDER_PAID', state('REFUND'), pending('ORDER_PAID')],
    ['ORDER_PAID', noSuchOrder, pending('ORDER_PAID')],
    ['TRADE_ERROR', answered(200, paid), pending('TRADE_ERROR')],
    ['TRADE_ERROR', state('USERPAYING'), pending('TRADE_ERROR')],
    ['TRADE_ERROR', state('NOTPAY'), pending('TRADE_ERROR')],
    ['TRADE_ERROR', state('PAYERROR'), pending('TRADE_ERROR')],
    // its books may lag: the refusal must say the same
    ['TRADE_ERROR', noSuchOrder, pending('TRADE_ERROR')],
    ['NOT_FOUND', noSuchOrder, acknowledged('NOT_FOUND')],
    ['TRADE_ERROR', refused('SYSTEM_ERROR', 400), pending('TRADE_ERROR')],
    ['TRADE_ERROR', { kind: 'noAnswer', cause: 'TIMED_OUT' }, pending('TRADE_ERROR')],
    [
      'TRADE_ERROR',
      { kind: 'unbelievable', cause: 'badSignature', serverDate_ms: null },
      pending('TRADE_ERROR'),
    ],
  ])('%s, the query %j', (code, found, event) => {
    const { events, asked } = reversed(refused(code), found);
    expect(events).toEqual([event]);
    expect(asked.map(({ path }) => path.includes('/reverse'))).toEqual([true, false]);
    expect(asked[1]?.timeout_ms).toBe(9700);
  });

  it('is asked for again as it is when no time is left to look', () => {
    const late = answered(400, { code: 'TRADE_ERROR' }, 10_000);
    const { events, asked } = reversed(late, state('REVOKED'));
    expect(events).toEqual([pending('TRADE_ERROR')]);
    expect(asked).toHaveLength(1);
  });
});

describe('no look is wanted', () => {
  it.each<[string, number, object]>([
    ['NOT_FOUND', 404, acknowledged('NOT_FOUND')],
    ['ORDER_NOT_EXIST', 404, acknowledged('NOT_FOUND')],
    ['ORDERNOTEXIST', 404, acknowledged('NOT_FOUND')],
    ['ORDER_CLOSED', 400, acknowledged('ORDER_CLOSED')],
    ['ORDERCLOSED', 400, acknowledged('ORDERCLOSED')],
    ['ORDER_REVERSED', 400, acknowledged('ORDER_REVERSED')],
    ['ORDERREVERSED', 400, acknowledged('ORDERREVERSED')],
    ['USERPAYING', 400, pending('USERPAYING')],
    ['SYSTEMERROR', 400, pending('SYSTEMERROR')],
    ['BANKERROR', 400, pending('BANKERROR')],
    ['SIGN_ERROR', 401, pending('SIGN_ERROR')],
    ['FREQUENCY_LIMITED', 429, pending('FREQUENCY_LIMITED')],
    ['FREQUENCY_LIMITED', 403, pending('FREQUENCY_LIMITED')],
    // of a signature, or of how often we ask, whatever the code
    ['ORDER_CLOSED', 401, pending('ORDER_CLOSED')],
    ['NEVER_HEARD_OF', 401, pending('NEVER_HEARD_OF')],
    ['NEVER_HEARD_OF', 429, pending('NEVER_HEARD_OF')],
  ])('%s under %i', (code, status, event) => {
    const { events, asked } = reversed(refused(code, status), state('REVOKED'));
    expect(events).toEqual([event]);
    expect(asked).toHaveLength(1);
  });

  it.each<CallOutcome>([
    { kind: 'unbelievable', cause: 'HTTP_400 unsigned', serverDate_ms: null },
    { kind: 'unbelievable', cause: 'HTTP_500', serverDate_ms: null },
    { kind: 'noAnswer', cause: 'TIMED_OUT' },
    { kind: 'notSent', cause: 'ECONNREFUSED' },
    answered(202, { ...named }),
  ])('of what is not a believed refusal: %j', (outcome) => {
    const { events, asked } = reversed(outcome, state('REVOKED'));
    expect(events).toMatchObject([{ kind: 'reversalPending' }]);
    expect(asked).toHaveLength(1);
  });
});

/** A customer who never answers, then reversals that all draw the same refusal of an order that has become `found`. */
function story(code: string, found: CallOutcome): { machine: PaymentMachine; reversals: number } {
  let now_ms = 1000;
  let machine = openPayment('authorize', 0, wechatPolicy).machine;
  let reversals = 0;
  const adapter = createWechatPay(settings, (_call, { path }, finish) => {
    finish(path.includes('/reverse') ? refused(code) : reversals === 0 ? state('USERPAYING') : found);
  });
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, wechatPolicy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'inquire') adapter.inquire(order, take);
      if (kind !== 'reverse') continue;
      reversals += 1;
      adapter.reverse(order, take);
    }
  };
  take({ kind: 'awaiting' });
  for (const end_ms = 8 * 24 * 3_600_000; machine.due && machine.due.at_ms < end_ms; ) {
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take({ kind: 'timer' });
    if (machine.state.kind === 'reversed' || machine.state.kind === 'disputed') break;
  }
  return { machine, reversals };
}

it.each(['ORDER_CLOSED', 'ORDER_REVERSED', 'ORDER_PAID', 'NEVER_HEARD_OF', 'INVALID_REQUEST'])(
  '%s of a revoked order: proven by the first reversal, not after seven days of them',
  (code) => {
    const { machine, reversals } = story(code, state('REVOKED'));
    expect(machine.state).toEqual({ kind: 'reversed', result: 'REVOKED' });
    expect(reversals).toBe(1);
  },
);

it('ORDER_PAID of a paid order is disputed at once, for a refund to settle', () => {
  const { machine, reversals } = story('ORDER_PAID', answered(200, paid));
  expect(machine.state).toMatchObject({ kind: 'disputed', cause: 'chargedNotReversible' });
  expect(reversals).toBe(1);
});

it('an order that nobody knows is proven only by a reversal after the last flight, whatever it was refused with', () => {
  const { machine, reversals } = story('ORDER_NOT_EXIST', noSuchOrder);
  expect(machine.state).toEqual({ kind: 'reversed', result: 'NOT_FOUND' });
  expect(reversals).toBe(2);
});

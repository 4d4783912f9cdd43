// A refused cancel: which refusals are looked into, what the look makes of them, and how soon the machine has its proof.
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { alipaySettings as settings } from '../../test/acquirers/alipay-settings.ts';
import { createAlipay } from './adapter.ts';
import type { Send } from './call.ts';
import type { CallOutcome } from './message.ts';
import { alipayPolicy } from './profile.ts';

const order = { orderNumber: 'A1', openedAt_ms: 0, amount_fen: 100, timeout_ms: 10_000 };
const paid = {
  code: '10000',
  out_trade_no: 'A1',
  total_amount: '1.00',
  trade_no: 'T9',
  send_pay_date: '2026-11-23 18:00:00',
  trade_status: 'TRADE_SUCCESS',
};

const answered = (json: unknown, latency_ms = 300): CallOutcome => ({
  kind: 'answered',
  json,
  latency_ms,
  serverDate_ms: null,
});
const refused = (sub_code: string, code = '40004') => answered({ code, sub_code });
const state = (trade_status: string) => answered({ ...paid, trade_status });
const noSuchOrder = refused('ACQ.TRADE_NOT_EXIST');

const isCancel = (method: string) => method === 'alipay.trade.cancel';

/** Answers a cancel with one outcome and every query with the other. */
function reversed(reversal: CallOutcome, found: CallOutcome) {
  const asked: { method: string; timeout_ms: number }[] = [];
  const send: Send = (_call, { method, timeout_ms }, finish) => {
    asked.push({ method, timeout_ms });
    finish(isCancel(method) ? reversal : found);
  };
  const events: PaymentEvent[] = [];
  createAlipay(settings, send).reverse(order, (event) => events.push(event));
  return { events, asked };
}

const pending = (cause: string) => ({ kind: 'reversalPending', cause });
const closed = { kind: 'reversalAcknowledged', result: 'TRADE_CLOSED' };

describe('a refusal that is looked into', () => {
  it.each<[string, string, CallOutcome, object]>([
    ['40004', 'ACQ.TRADE_HAS_CLOSE', state('TRADE_CLOSED'), closed],
    ['40004', 'ACQ.INVALID_PARAMETER', state('TRADE_CLOSED'), closed],
    ['40004', 'ACQ.NEVER_HEARD_OF', state('TRADE_CLOSED'), closed],
    ['40006', 'isv.insufficient-isv-permissions', state('TRADE_CLOSED'), closed],
    [
      '40006',
      'isv.insufficient-isv-permissions',
      answered(paid),
      pending('isv.insufficient-isv-permissions'),
    ],
    ['40004', 'ACQ.NEVER_HEARD_OF', state('WAIT_BUYER_PAY'), pending('ACQ.NEVER_HEARD_OF')],
    // its books may lag: the refusal does not say the same
    ['40004', 'ACQ.NEVER_HEARD_OF', noSuchOrder, pending('ACQ.NEVER_HEARD_OF')],
    ['40004', 'ACQ.NEVER_HEARD_OF', { kind: 'noAnswer', cause: 'TIMED_OUT' }, pending('ACQ.NEVER_HEARD_OF')],
  ])('%s %s, the query %j', (code, sub_code, found, event) => {
    const { events, asked } = reversed(refused(sub_code, code), found);
    expect(events).toEqual([event]);
    expect(asked.map(({ method }) => isCancel(method))).toEqual([true, false]);
    expect(asked[1]?.timeout_ms).toBe(9700);
  });

  it('is asked for again as it is when no time is left to look', () => {
    const late = answered({ code: '40004', sub_code: 'ACQ.NEVER_HEARD_OF' }, 10_000);
    const { events, asked } = reversed(late, state('TRADE_CLOSED'));
    expect(events).toEqual([pending('ACQ.NEVER_HEARD_OF')]);
    expect(asked).toHaveLength(1);
  });
});

it.each<[string, CallOutcome]>([
  ['done', answered({ code: '10000', out_trade_no: 'A1', retry_flag: 'N', action: 'close' })],
  ['to be asked again', answered({ code: '10000', out_trade_no: 'A1', retry_flag: 'Y' })],
  ['no such order', noSuchOrder],
  ['refused for good', refused('ACQ.TRADE_CANCEL_TIME_OUT')],
  ['a system error', refused('ACQ.SYSTEM_ERROR')],
  ['the same, as it is also spelt', refused('AQC.SYSTEM_ERROR')],
  ['a system error of the gateway', refused('isp.unknow-error', '20000')],
  ['asked too often', refused('isv.app-call-limited', '40005')],
  ['no money to give it back with', refused('ACQ.SELLER_BALANCE_NOT_ENOUGH')],
  ['a frozen order', refused('ACQ.REASON_TRADE_BEEN_FREEZEN')],
  ['of another order', answered({ code: '40004', sub_code: 'ACQ.NEVER_HEARD_OF', out_trade_no: 'B2' })],
  ['not to be believed', { kind: 'unbelievable', cause: 'BAD_SIGNATURE', serverDate_ms: null }],
  ['silence', { kind: 'noAnswer', cause: 'TIMED_OUT' }],
])('no look is wanted: %s', (_, outcome) => {
  expect(reversed(outcome, state('TRADE_CLOSED')).asked).toHaveLength(1);
});

/** A customer who never pays: his order dies by itself after its five minutes, and every cancel of it draws the same refusal. */
function story(refusal: CallOutcome): { machine: PaymentMachine; ended_ms: number } {
  let now_ms = 0;
  let machine = openPayment('authorize', 0, alipayPolicy).machine;
  const adapter = createAlipay(settings, (_call, { method }, finish) => {
    finish(isCancel(method) ? refusal : state(now_ms < 300_000 ? 'WAIT_BUYER_PAY' : 'TRADE_CLOSED'));
  });
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, alipayPolicy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'inquire') adapter.inquire(order, take);
      if (kind === 'reverse') adapter.reverse(order, take);
    }
  };
  take({ kind: 'awaiting' });
  for (const end_ms = 3 * 24 * 3_600_000; machine.due && machine.due.at_ms < end_ms; ) {
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take({ kind: 'timer' });
    if (machine.state.kind === 'reversed') break;
  }
  return { machine, ended_ms: now_ms };
}

it.each([
  ['40006', 'isv.insufficient-isv-permissions'],
  ['40004', 'ACQ.TRADE_HAS_CLOSE'],
] as const)(
  '%s %s: the order that died unpaid is proven within a minute of its end, not a day later',
  (code, sub_code) => {
    const { machine, ended_ms } = story(refused(sub_code, code));
    expect(machine.state).toEqual({ kind: 'reversed', result: 'TRADE_CLOSED' });
    expect(ended_ms).toBeLessThan(361_000);
  },
);

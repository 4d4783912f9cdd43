// The adapter over a line that says what the test wants: the second look at a paid answer, clocks, and one event for each call.
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { RouteObservation } from '../../core/ports/acquirer.ts';
import { alipaySettings } from '../../test/acquirers/alipay-settings.ts';
import { type AlipaySettings, createAlipay } from './adapter.ts';
import type { Send } from './call.ts';
import type { CallOutcome } from './message.ts';
import { alipayCodeRules } from './profile.ts';

const NOW_ms = Date.UTC(2026, 10, 23, 10);
const settings: AlipaySettings = {
  ...alipaySettings,
  rules: alipayCodeRules,
  call: { ...alipaySettings.call, wall_ms: () => NOW_ms },
};

const order = {
  orderNumber: 'A1',
  openedAt_ms: 0,
  amount_fen: 100,
  code: '28'.repeat(9),
  deferred: null,
  timeout_ms: 10_000,
};
const paid = {
  code: '10000',
  out_trade_no: 'A1',
  total_amount: '1.00',
  trade_no: 'T9',
  gmt_payment: '2026-11-23 18:00:00',
};
const answered = (json: unknown, latency_ms = 300): CallOutcome => ({
  kind: 'answered',
  json,
  latency_ms,
  serverDate_ms: null,
});

type Asked = { method: string; timeout_ms: number; wall_ms: number };

/** Answers each call with the next outcome. */
function scripted(outcomes: readonly CallOutcome[]): { send: Send; asked: Asked[] } {
  const asked: Asked[] = [];
  const send: Send = (call, { method, timeout_ms }, finish) => {
    const outcome = outcomes[asked.length];
    asked.push({ method, timeout_ms, wall_ms: call.wall_ms() });
    if (outcome !== undefined) finish(outcome);
  };
  return { send, asked };
}

function pay(outcomes: readonly CallOutcome[], change: Partial<AlipaySettings> = {}) {
  const { send, asked } = scripted(outcomes);
  const events: PaymentEvent[] = [];
  createAlipay({ ...settings, ...change }, send).authorize(order, (event) => events.push(event));
  return { events, asked };
}

describe('a refusal of the code', () => {
  const refused = answered({ code: '40004', sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
  const stands = { kind: 'declined', code: 'ACQ.PAYMENT_AUTH_CODE_INVALID', reason: 'codeUnusable' };
  const doubt = { kind: 'undecided', code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' };
  const found = { ...paid, trade_status: 'TRADE_SUCCESS' };

  it.each<[string, CallOutcome, object]>([
    ['no such order: it stands', answered({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' }), stands],
    ['paid: a copy of our request drew it', answered(found), { kind: 'approved' }],
    [
      'waiting for the customer',
      answered({ ...found, trade_status: 'WAIT_BUYER_PAY' }),
      { kind: 'awaiting' },
    ],
    ['nothing', { kind: 'noAnswer', cause: 'TIMED_OUT' }, doubt],
    ['another amount', answered({ ...found, total_amount: '1.01' }), doubt],
  ])('the query says %s', (_, outcome, event) => {
    expect(pay([refused, outcome]).events).toMatchObject([event]);
  });

  it('is doubt when no time is left to ask', () => {
    const late = { ...refused, latency_ms: 10_000 } as CallOutcome;
    expect(pay([late]).events).toEqual([doubt]);
  });

  it('for another reason it needs no query', () => {
    const { events, asked } = pay([answered({ code: '40004', sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' })]);
    expect(events).toMatchObject([{ kind: 'declined', reason: 'balance' }]);
    expect(asked).toHaveLength(1);
  });
});

describe('a paid answer', () => {
  const found = { ...paid, trade_status: 'TRADE_SUCCESS' };

  it('counts when a query says the same, asked in the time that is left', () => {
    const { events, asked } = pay([answered(paid), answered(found)]);
    expect(events).toMatchObject([{ kind: 'approved', proof: { acquirerOrderId: 'T9' } }]);
    expect(asked).toMatchObject([
      { method: 'alipay.trade.pay', timeout_ms: 10_000 },
      { method: 'alipay.trade.query', timeout_ms: 9700 },
    ]);
  });

  it.each<[string, CallOutcome]>([
    ['nothing', { kind: 'noAnswer', cause: 'TIMED_OUT' }],
    ['nothing to be believed', { kind: 'unbelievable', cause: 'BAD_SIGNATURE', serverDate_ms: null }],
    ['that nobody has paid', answered({ ...found, trade_status: 'WAIT_BUYER_PAY' })],
    ['that it is closed', answered({ ...found, trade_status: 'TRADE_CLOSED' })],
    ['that there is no such order', answered({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' })],
    ['another amount', answered({ ...found, total_amount: '1.01' })],
  ])('is doubt when the query says %s', (_, outcome) => {
    const { events } = pay([answered(paid), outcome]);
    expect(events).toEqual([{ kind: 'undecided', code: 'PAID_UNCONFIRMED' }]);
  });

  it('is doubt when both speak of different payments', () => {
    const { events } = pay([answered(paid), answered({ ...found, trade_no: 'T8' })]);
    expect(events).toEqual([{ kind: 'undecided', code: 'MISMATCH' }]);
  });

  it('is doubt when no time is left to ask', () => {
    const { events, asked } = pay([answered(paid, 10_000)]);
    expect(events).toEqual([{ kind: 'undecided', code: 'PAID_UNCONFIRMED' }]);
    expect(asked).toHaveLength(1);
  });

  it('counts at once where that was configured', () => {
    const { events, asked } = pay([answered(paid)], { confirmPaid: false });
    expect(events).toMatchObject([{ kind: 'approved' }]);
    expect(asked).toHaveLength(1);
  });
});

it.each<[CallOutcome, PaymentEvent]>([
  [
    { kind: 'notSent', cause: 'X' },
    { kind: 'notSent', cause: 'X', then: 'end' },
  ],
  [
    { kind: 'noAnswer', cause: 'X' },
    { kind: 'noAnswer', cause: 'X' },
  ],
  [
    { kind: 'unbelievable', cause: 'X', serverDate_ms: null },
    { kind: 'undecided', code: 'X' },
  ],
  [answered({ code: '10003' }), { kind: 'awaiting' }],
])('%j is one event, and no second question', (outcome, event) => {
  const { events, asked } = pay([outcome]);
  expect(events).toEqual([event]);
  expect(asked).toHaveLength(1);
});

describe('the clock', () => {
  const echo = (skew_ms: number): CallOutcome => ({
    kind: 'answered',
    json: { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' },
    latency_ms: 1,
    serverDate_ms: NOW_ms + skew_ms,
  });

  function probed(skews: readonly number[], baseUrl = settings.call.baseUrl) {
    const { send, asked } = scripted(skews.map(echo));
    const alipay = createAlipay({ ...settings, call: { ...settings.call, baseUrl } }, send);
    const seen: RouteObservation[] = [];
    for (const _ of skews) alipay.probe((observation) => seen.push(observation));
    return {
      signedAt: asked.map(({ wall_ms }) => wall_ms - NOW_ms),
      skews: seen.map(({ clockSkew_ms }) => clockSkew_ms),
    };
  }

  it("of the server is followed, and the network's noise is not", () => {
    expect(probed([600_000, -60_000, 1500, 0])).toEqual({
      signedAt: [0, 600_000, -60_000, 0],
      skews: [600_000, -60_000, 1500, 0],
    });
  });

  it('is not believed without TLS', () => {
    expect(probed([600_000, 0], 'http://127.0.0.1:1')).toEqual({ signedAt: [0, 0], skews: [null, null] });
  });
});

it('waits at the end for the question that follows an answer', async () => {
  const open: ((outcome: CallOutcome) => void)[] = [];
  const alipay = createAlipay(settings, (_call, _request, finish) => open.push(finish));
  const story: string[] = [];
  alipay.authorize(order, ({ kind }) => story.push(kind));
  const closed = alipay.close().then(() => story.push('closed'));
  open[0]?.(answered(paid));
  await new Promise((resolve) => setImmediate(resolve));
  expect(story).toEqual([]);
  open[1]?.(answered({ ...paid, trade_status: 'TRADE_SUCCESS' }));
  await closed;
  expect(story).toEqual(['approved', 'closed']);
});

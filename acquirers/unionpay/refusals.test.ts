// Refusals that are looked into, of a reversal and of what gives back; and how soon the machine has its proof.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { makeUnionpayKeys } from '../../fixtures/acquirers/unionpay/keys.ts';
import {
  facts,
  keySettings,
  named,
  OPENED_ms,
  order,
  paidAnswer,
  refund,
} from '../../test/acquirers/unionpay.ts';
import { createUnionPay, type UnionPaySettings } from './adapter.ts';
import type { CallOutcome } from './message.ts';
import { unionpayPolicy } from './profile.ts';
import type { Fields } from './signature.ts';
import { txnTimeOf } from './times.ts';

let directory = '';
let settings: UnionPaySettings;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-'));
  const keys = keySettings(makeUnionpayKeys(join(directory, 'keys')));
  const call = {
    baseUrl: 'https://acquirer.invalid',
    ca: null,
    connectTimeout_ms: 1000,
    wall_ms: () => 0,
    keys,
  };
  settings = { id: 'unionpay', rules: [], merchant: facts, probeTimeout_ms: 1000, call };
});
afterAll(() => rmSync(directory, { recursive: true }));

const answered = (fields: Fields, latency_ms = 300): CallOutcome => ({
  kind: 'answered',
  fields,
  latency_ms,
  serverDate_ms: null,
});
const silence: CallOutcome = { kind: 'noAnswer', cause: 'TIMED_OUT' };
const lie: CallOutcome = { kind: 'unbelievable', cause: 'BAD_SIGNATURE', serverDate_ms: null };

/** Answers what changes something with one outcome and every query with the other. */
function line(change: CallOutcome, found: CallOutcome) {
  const asked: { path: string; timeout_ms: number }[] = [];
  const unionpay = createUnionPay(settings, (_call, { path, timeout_ms }, finish) => {
    asked.push({ path, timeout_ms });
    finish(path === '/queryTrans.do' ? found : change);
  });
  return { unionpay, asked };
}

describe('a refusal of a void or refund', () => {
  const key = { orderId: refund.requestNumber, txnTime: txnTimeOf(refund.giveBackOpenedAt_ms) };
  const back: Fields = { merId: facts.merchantId, ...key };
  const found = (origRespCode: string, txnType = '04', txnAmt = String(refund.amount_fen)): CallOutcome =>
    answered({ ...back, respCode: '00', origRespCode, txnType, txnAmt, queryId: 'Q9' });
  const unheardOf = answered({ ...back, respCode: '34' });

  function given(code: string, look: CallOutcome, of: Partial<GiveBackOrder> = {}, latency_ms = 300) {
    const { unionpay, asked } = line(answered({ ...back, respCode: code }, latency_ms), look);
    const events: GiveBackEvent[] = [];
    unionpay.giveBack({ ...refund, ...of }, (event) => events.push(event));
    return { events, asked };
  }

  it.each(['33', '36', '39', '30', '60'])('%s drawn by a copy of one that was taken is none', (code) => {
    const { events, asked } = given(code, found('00'));
    expect(events).toEqual([{ kind: 'done', result: 'REFUNDED', reference: 'Q9' }]);
    expect(asked.map(({ timeout_ms }) => timeout_ms)).toEqual([10_000, 9700]);
    expect(given(code, found('05')).events).toEqual([{ kind: 'accepted', code: 'PROCESSING' }]);
  });

  it('of a void, too', () => {
    const whole = { method: 'void', amount_fen: refund.paid_fen } as const;
    const { events } = given('30', found('00', '31', String(refund.paid_fen)), whole);
    expect(events).toEqual([{ kind: 'done', result: 'VOIDED', reference: 'Q9' }]);
  });

  it('stands where the query knows no such request, or says that it failed', () => {
    expect(given('33', unheardOf).events).toEqual([{ kind: 'refused', code: '33' }]);
    expect(given('36', unheardOf).events).toEqual([{ kind: 'refused', code: '36', perhapsBack: true }]);
    expect(given('33', found('33')).events).toEqual([{ kind: 'refused', code: '33' }]);
  });

  it.each(['35', '45'])('%s that the query has of it, too: over, and a person must look', (code) => {
    const over = [{ kind: 'refused', code, perhapsBack: true }];
    expect(given(code, found(code)).events).toEqual(over);
    const { unionpay } = line(silence, found(code));
    const events: GiveBackEvent[] = [];
    unionpay.inquireGiveBack(refund, (event) => events.push(event));
    expect(events).toEqual(over);
  });

  it.each([silence, lie])('is undecided where the look tells nothing: %j', (look) => {
    expect(given('33', look).events).toEqual([{ kind: 'undecided', code: '33' }]);
  });

  it.each(['33', '35', '45'])('%s is undecided when no time is left to look', (code) => {
    const { events, asked } = given(code, unheardOf, {}, 10_000);
    expect(events).toEqual([{ kind: 'undecided', code }]);
    expect(asked).toHaveLength(1);
  });

  it.each(['00', '03', '11', '12', '34', '99'])('%s is none, and no look is wanted', (code) => {
    expect(given(code, found('00')).asked).toHaveLength(1);
  });
});

describe('a refusal of a reversal', () => {
  const told = (origRespCode: string): CallOutcome => answered({ ...paidAnswer, origRespCode });
  const noSuchOrder = answered({ ...named, respCode: '34' });
  const pending = (cause: string) => ({ kind: 'reversalPending', cause });

  function reversed(code: string, look: CallOutcome, latency_ms = 300) {
    const { unionpay, asked } = line(answered({ ...named, respCode: code }, latency_ms), look);
    const events: PaymentEvent[] = [];
    unionpay.reverse(order, (event) => events.push(event));
    return { events, asked };
  }

  it.each<[string, CallOutcome, object]>([
    ['30', told('64'), { kind: 'reversalAcknowledged', result: '64' }],
    ['32', told('32'), { kind: 'reversalAcknowledged', result: '32' }],
    ['12', told('01'), { kind: 'reversalAcknowledged', result: '01' }],
    ['ZZ', told('01'), { kind: 'reversalAcknowledged', result: '01' }],
    // it may be of before a reversal
    ['30', told('00'), pending('30')],
    ['30', told('05'), pending('30')],
    // its books may lag: the refusal does not say the same
    ['30', noSuchOrder, pending('30')],
    ['30', silence, pending('30')],
    ['30', lie, pending('30')],
    // there is none, or it is there and can't be reversed: only with the query's word for it there is none
    ['35', noSuchOrder, { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }],
    ['35', told('64'), { kind: 'reversalAcknowledged', result: '64' }],
    ['35', told('00'), pending('35')],
    ['35', silence, pending('35')],
  ])('%s, the query %j', (code, look, event) => {
    const { events, asked } = reversed(code, look);
    expect(events).toEqual([event]);
    expect(asked.map(({ timeout_ms }) => timeout_ms)).toEqual([10_000, 9700]);
  });

  it('is asked for again as it is when no time is left to look', () => {
    const { events, asked } = reversed('30', told('64'), 10_000);
    expect(events).toEqual([pending('30')]);
    expect(asked).toHaveLength(1);
  });

  it.each(['00', '34', '36', '39', '45', '02', '03', '04', '05', '06', '11', '37', '83', '99'])(
    '%s: no look is wanted',
    (code) => {
      expect(reversed(code, told('64')).asked).toHaveLength(1);
    },
  );

  it('of what is not believed: no look either', () => {
    for (const outcome of [silence, lie]) {
      const { unionpay, asked } = line(outcome, told('64'));
      unionpay.reverse(order, () => {});
      expect(asked).toHaveLength(1);
    }
  });
});

describe('a refusal of a purchase', () => {
  const told = (change: Fields): CallOutcome => answered({ ...paidAnswer, ...change });
  const noSuchOrder = answered({ ...named, respCode: '34' });
  const declined = { kind: 'declined', code: '30', reason: 'other' };
  const undecided = { kind: 'undecided', code: '30' };

  function paid(look: CallOutcome, latency_ms = 300) {
    const { unionpay, asked } = line(answered({ ...named, respCode: '30' }, latency_ms), look);
    const events: PaymentEvent[] = [];
    const code = { code: '6220835931895481436', deferred: null };
    unionpay.authorize({ ...order, ...code }, (event) => events.push(event));
    return { events, asked };
  }

  it.each<[string, CallOutcome, object]>([
    ['knows no such order', noSuchOrder, declined],
    ['says that it failed', told({ origRespCode: '64' }), declined],
    ['says that it is paid', told({}), { kind: 'approved' }],
    ['says that it is being paid', told({ origRespCode: '05' }), undecided],
    ['has no answer', silence, undecided],
    ['is not believed', lie, undecided],
  ])('may be the answer to a copy of ours: the query %s', (_, look, event) => {
    const { events, asked } = paid(look);
    expect(events).toMatchObject([event]);
    expect(asked.map(({ timeout_ms }) => timeout_ms)).toEqual([10_000, 9700]);
  });

  it('decides nothing when no time is left to look', () => {
    const { events, asked } = paid(noSuchOrder, 10_000);
    expect(events).toEqual([undecided]);
    expect(asked).toHaveLength(1);
  });
});

/** The line is dead until the payment is given up; then reversals draw `code`, and every query finds `origin`. */
function story(code: string, origin: string): { machine: PaymentMachine; reversals: number } {
  let now_ms = OPENED_ms;
  let machine = openPayment('authorize', now_ms, unionpayPolicy).machine;
  let reversals = 0;
  const unionpay = createUnionPay(settings, (_call, { path }, finish) => {
    if (reversals === 0) return finish(silence);
    const isQuery = path === '/queryTrans.do';
    finish(answered(isQuery ? { ...paidAnswer, origRespCode: origin } : { ...named, respCode: code }));
  });
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, unionpayPolicy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'inquire')
        unionpay.inquire({ ...order, ...(reversals > 0 && { afterReversal: true }) }, take);
      if (kind !== 'reverse') continue;
      reversals += 1;
      unionpay.reverse({ ...order, afterReversal: true }, take);
    }
  };
  take({ kind: 'noAnswer', cause: 'TIMED_OUT' });
  for (const end_ms = OPENED_ms + 3 * 24 * 3_600_000; machine.due && machine.due.at_ms < end_ms; ) {
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take({ kind: 'timer' });
    if (machine.state.kind === 'reversed') break;
  }
  return { machine, reversals };
}

it.each(['35', '30', '12', 'ZZ'])(
  'a purchase that failed, given up while the line was dead: %s is proven by the first reversal, not after a day of them',
  (code) => {
    const { machine, reversals } = story(code, '64');
    expect(machine.state).toEqual({ kind: 'reversed', result: '64' });
    expect(reversals).toBe(1);
  },
);

it.each(['10', '13', '31', '32', '43'])(
  'a purchase that failed for its settings (%s) is proven by the query after its reversal, and not in dispute for ever',
  (origin) => {
    const { machine } = story('35', origin);
    expect(machine.state).toEqual({ kind: 'reversed', result: origin });
  },
);

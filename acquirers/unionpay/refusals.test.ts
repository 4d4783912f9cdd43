// What proves a payment that was given up, and how soon the machine has it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { makeUnionpayKeys } from '../../fixtures/acquirers/unionpay/keys.ts';
import { facts, keySettings, named, OPENED_ms, order, paidAnswer } from '../../test/acquirers/unionpay.ts';
import { createUnionPay, type UnionPaySettings } from './adapter.ts';
import type { CallOutcome } from './message.ts';
import { unionpayPolicy } from './profile.ts';
import type { Fields } from './signature.ts';

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

it.each(['10', '13', '31', '32', '43'])(
  'a purchase that failed for its settings (%s) is proven by the query after its reversal, and not in dispute for ever',
  (origin) => {
    const { machine } = story('35', origin);
    expect(machine.state).toEqual({ kind: 'reversed', result: origin });
  },
);

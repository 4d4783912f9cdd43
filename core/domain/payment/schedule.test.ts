// When the machine asks: the gateway's schedule of inquiries and reversals (gateway protocol page, below "errCode of pay").
import { expect, test } from 'vitest';
import type { PaymentEvent } from './event.ts';
import { gatewayPolicy, type PaymentPolicy } from './policy.ts';
import type { PaymentMachine } from './state.ts';
import type { Step } from './steps.ts';
import { openPayment, stepPayment } from './transition.ts';

type Asked = { what: string; at_s: number };

/**
 * Fires the timers as they fall due and answers every question `answer_ms` later with what `answers` says to it. `early_s`: when somebody
 * says that the outcome is known.
 */
function run(
  first: PaymentEvent | null,
  answers: Record<string, PaymentEvent>,
  until_s: number,
  answer_ms = 0,
  policy: PaymentPolicy = gatewayPolicy,
  early_s: readonly number[] = [],
): Asked[] {
  const early = [...early_s];
  const asked: Asked[] = [];
  let now_ms = 0;
  let machine: PaymentMachine = openPayment('authorize', 0, policy).machine;
  const take = (step: Step): void => {
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'eraseCode') continue;
      asked.push({ what: kind, at_s: now_ms / 1000 });
      const answer = answers[kind];
      if (answer === undefined) continue;
      now_ms += answer_ms;
      take(stepPayment(machine, answer, now_ms, policy));
    }
  };
  if (first) take(stepPayment(machine, first, now_ms, policy));
  while (machine.due && machine.due.at_ms <= until_s * 1000) {
    const isEarly = (early[0] ?? Infinity) * 1000 < machine.due.at_ms;
    now_ms = Math.max(now_ms, isEarly ? (early.shift() ?? 0) * 1000 : machine.due.at_ms);
    take(stepPayment(machine, { kind: 'timer', ...(isEarly && { early: true }) }, now_ms, policy));
  }
  return asked;
}

const times = (asked: Asked[], what: string) =>
  asked.filter((one) => one.what === what).map((one) => one.at_s);
const undecided: PaymentEvent = { kind: 'undecided', code: 'SYSTEM_ERROR' };

test('an unknown payment is inquired about at 5, 10, 15, 25 and 45 s, then reversed', () => {
  const asked = run(undecided, { inquire: { kind: 'processing' } }, 46);
  expect(times(asked, 'inquire')).toEqual([5, 10, 15, 25, 45]);
  expect(times(asked, 'reverse')).toEqual([45]);
});

test('early looks come beside the schedule: it loses no inquiry by them, and gives up when it would', () => {
  const asked = run(
    undecided,
    { inquire: { kind: 'processing' } },
    46,
    0,
    gatewayPolicy,
    [1, 6, 7, 8, 9, 20, 34],
  );
  expect(times(asked, 'inquire')).toEqual([1, 5, 6, 7, 8, 9, 10, 15, 20, 25, 34, 45]);
  expect(times(asked, 'reverse')).toEqual([45]);
});

test('an early look that could be without an answer when the till gives up is not made', () => {
  const asked = run(undecided, { inquire: { kind: 'processing' } }, 46, 0, gatewayPolicy, [35, 44]);
  expect(times(asked, 'inquire')).toEqual([5, 10, 15, 25, 45]);
});

test('an early look without an answer stands for what the schedule had meanwhile, and for nothing after it', () => {
  const asked = run(undecided, {}, 60, 0, gatewayPolicy, [3]);
  // Each waits 10 s for its answer.
  expect(times(asked, 'inquire')).toEqual([3, 15, 45]);
});

test('an early look at goods that have left is not made: what its answer leads to is the schedule’s', () => {
  const queued = openPayment('queue', 0, gatewayPolicy).machine;
  const sent = stepPayment(queued, { kind: 'submitted' }, 1000, gatewayPolicy).machine;
  const doubt = stepPayment(sent, undecided, 1500, gatewayPolicy).machine;
  const looked = stepPayment(doubt, { kind: 'timer', early: true }, 2000, gatewayPolicy);
  expect([looked.verdict, looked.machine]).toEqual(['noted', doubt]);
});

test('after a restore it is asked about at a slow pace, whatever looks came before', () => {
  const opened = openPayment('authorize', 0, gatewayPolicy).machine;
  let machine = stepPayment(opened, undecided, 500, gatewayPolicy).machine;
  for (const now_ms of [1000, 2000, 3000]) {
    machine = stepPayment(machine, { kind: 'timer', early: true }, now_ms, gatewayPolicy).machine;
    machine = stepPayment(machine, { kind: 'processing' }, now_ms, gatewayPolicy).machine;
  }
  const restored = stepPayment(
    machine,
    { kind: 'restarted', sent: true, restored: true },
    4000,
    gatewayPolicy,
  );
  const doubt = stepPayment(restored.machine, { kind: 'processing' }, 4000, gatewayPolicy);
  expect([doubt.machine.state.kind, doubt.machine.due?.after_ms]).toEqual(['unknown', 60_000]);
});

test('a reversal is asked for at 0, 2, 5, 10, 20, 40 s, then every 60 s', () => {
  const answers: Record<string, PaymentEvent> = {
    inquire: { kind: 'processing' },
    reverse: { kind: 'reversalPending', cause: 'PROCESSING' },
  };
  const begun = times(run(undecided, answers, 300), 'reverse').map((at_s) => at_s - 45);
  expect(begun).toEqual([0, 2, 5, 10, 20, 40, 100, 160, 220]);
});

test('an acquirer that never answers is asked until the schedule is spent, and reversed', () => {
  const asked = run(null, {}, 120);
  expect(times(asked, 'inquire')).toEqual([10, 25, 45]);
  expect(times(asked, 'reverse')[0]).toBe(55);
});

test('inquiries that fell into the first wait become one', () => {
  const asked = run(null, { inquire: { kind: 'inquiryFailed', cause: 'TIMEOUT' } }, 44);
  expect(times(asked, 'inquire')).toEqual([10, 15, 25]);
});

test('a customer who is asked for the password is looked after every 3 s, for 45 s: a reversal follows a last look at once', () => {
  const asked = run({ kind: 'awaiting' }, { inquire: { kind: 'processing' } }, 46);
  expect(times(asked, 'inquire')).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45]);
  expect(times(asked, 'reverse')).toEqual([45]);
});

test('slow answers never lead to a second question at the same time', () => {
  const asked = run(undecided, { inquire: { kind: 'processing' } }, 60, 9_000);
  const gaps = asked.slice(1).map((one, at) => one.at_s - (asked[at]?.at_s ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(9);
});

test('after seven days of no acknowledgement there is one last look, and a dispute without proof', () => {
  const answers: Record<string, PaymentEvent> = { reverse: { kind: 'reversalPending', cause: 'PROCESSING' } };
  const asked = run(undecided, answers, 8 * 24 * 3600);
  const last = asked.at(-1);
  expect(last?.what).toBe('inquire');
  expect(last?.at_s).toBeGreaterThan(7 * 24 * 3600);
});

test('a scheme that takes no reversal in the first 15 s is asked then, however early the cashier gave up', () => {
  const late = { ...gatewayPolicy, reverseFrom_ms: 15_000 };
  const answers: Record<string, PaymentEvent> = { reverse: { kind: 'reversalPending', cause: 'USERPAYING' } };
  const asked = run({ kind: 'gaveUp' }, answers, 60, 0, late);
  expect(times(asked, 'reverse')).toEqual([15, 17, 20, 25, 35, 55]);
  expect(times(asked, 'inquire')).toEqual([]);
  expect(times(run(undecided, { inquire: { kind: 'processing' } }, 46, 0, late), 'reverse')).toEqual([45]);
});

test('an approval that comes while the reversal has to wait is given back all the same', () => {
  const late = { ...gatewayPolicy, reverseFrom_ms: 15_000 };
  const opened = openPayment('authorize', 0, late).machine;
  const waiting = stepPayment(opened, { kind: 'gaveUp' }, 6000, late);
  expect(waiting.machine.due).toEqual({ at_ms: 15_000, after_ms: 9000 });
  const approved = stepPayment(waiting.machine, { kind: 'approved', proof: {} as never }, 7000, late);
  expect(approved.verdict).toBe('noted');
  const asked = stepPayment(approved.machine, { kind: 'timer' }, 15_000, late);
  expect(asked.effects).toEqual([{ kind: 'reverse', count: 1 }]);
});

const DAY_s = 86_400;
const pending: PaymentEvent = { kind: 'reversalPending', cause: 'PROCESSING' };

test('a reversal that stays undecided for its seven days is asked for some hundred times, not ten thousand', () => {
  const answers = { reverse: pending, inquire: { kind: 'processing' } } as const;
  const asked = run(null, answers, 8 * DAY_s);
  const reversals = times(asked, 'reverse');
  expect(reversals.length).toBeGreaterThan(150);
  expect(reversals.length).toBeLessThan(300);
  // Each within a tenth of the time since the first one, and an hour at the most.
  const first_s = reversals[0] ?? 0;
  for (const [index, at_s] of reversals.entries()) {
    const pause_s = at_s - (reversals[index - 1] ?? at_s);
    expect(pause_s).toBeLessThan(Math.min(3600, Math.max(60, (at_s - first_s) / 10)) + 0.001);
  }
  const window_s = gatewayPolicy.reversalWindow_ms / 1000;
  expect(times(asked, 'inquire').filter((at_s) => at_s > window_s).length).toBeGreaterThan(0);
});

test('near the end of the window it is asked for by the minute: a line that is back a few minutes before still gets one through', () => {
  const policy = { ...gatewayPolicy, reversalWindow_ms: DAY_s * 1000 };
  const reversals = times(run(null, { reverse: pending }, DAY_s, 0, policy), 'reverse');
  for (let back_s = 3600; back_s < DAY_s - 180; back_s += 60)
    expect(reversals.some((at_s) => at_s >= back_s && at_s <= DAY_s)).toBe(true);
  expect(reversals.filter((at_s) => at_s > DAY_s - 600).length).toBeGreaterThan(3);
});

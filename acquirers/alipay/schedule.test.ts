// When the machine asks under Alipay's policy: at once after a system error, every 5 s, the cancel right behind the last question.
import { expect, test } from 'vitest';
import { openGiveBack, stepGiveBack } from '../../core/domain/giveback/transition.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import type { Step } from '../../core/domain/payment/steps.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { alipayPolicy as policy } from './profile.ts';

type Run = { asked: { what: string; at_s: number }[]; machine: PaymentMachine };
type Answers = Record<string, PaymentEvent | ((count: number) => PaymentEvent)>;

/** Fires the timers as they fall due; every question is answered `answer_ms` later with what `answers` says to it. */
function run(first: PaymentEvent | null, answers: Answers, until_s: number, answer_ms = 200): Run {
  const asked: Run['asked'] = [];
  let now_ms = 0;
  let machine = openPayment('authorize', 0, policy).machine;
  const take = (step: Step): void => {
    machine = step.machine;
    for (const effect of step.effects) {
      if (effect.kind === 'eraseCode') continue;
      asked.push({ what: effect.kind, at_s: now_ms / 1000 });
      const answer = answers[effect.kind];
      if (answer === undefined) continue;
      now_ms += answer_ms;
      const count = 'count' in effect ? effect.count : 0;
      take(stepPayment(machine, typeof answer === 'function' ? answer(count) : answer, now_ms, policy));
    }
  };
  if (first) {
    now_ms = answer_ms;
    take(stepPayment(machine, first, now_ms, policy));
  }
  while (machine.due && machine.due.at_ms <= until_s * 1000) {
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take(stepPayment(machine, { kind: 'timer' }, now_ms, policy));
  }
  return { asked, machine };
}

const times = ({ asked }: Run, what: string) =>
  asked.filter((one) => one.what === what).map((one) => one.at_s);
const systemError: PaymentEvent = { kind: 'undecided', code: 'ACQ.SYSTEM_ERROR' };
const failed: PaymentEvent = { kind: 'inquiryFailed', cause: 'ACQ.SYSTEM_ERROR' };
const acknowledged: PaymentEvent = { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };

test('after a system error it asks at once, then every 5 s for 30 s, and cancels with the last answer', () => {
  const story = run(systemError, { inquire: failed }, 31);
  expect(times(story, 'inquire')).toEqual([0.2, 5, 10, 15, 20, 25, 30]);
  expect(times(story, 'reverse')).toEqual([30.2]);
});

test('after no answer it asks at once, and keeps the same end', () => {
  const story = run(null, { inquire: failed }, 31);
  expect(times(story, 'inquire')).toEqual([10, 15, 20, 25, 30]);
  expect(times(story, 'reverse')).toEqual([30.2]);
});

test('a customer who is asked for the password is looked after every 3 s, and given up after 60 s', () => {
  const story = run({ kind: 'awaiting' }, { inquire: { kind: 'awaiting' } }, 61);
  const inquiries = times(story, 'inquire');
  expect(inquiries).toHaveLength(19);
  expect(inquiries.slice(0, 3)).toEqual([3.2, 6.4, 9.6]);
  expect(times(story, 'reverse')).toEqual([60.2]);
});

test('a customer found waiting after a lost answer has the same time', () => {
  const story = run(null, { inquire: { kind: 'awaiting' } }, 61);
  expect(times(story, 'inquire').slice(0, 3)).toEqual([10, 13.2, 16.4]);
  expect(times(story, 'reverse')).toEqual([60.2]);
});

test('a cancel that is to be repeated is repeated at 0, 2, 5, 10, 20, 40 s, then every 60 s, for a day', () => {
  const retry: PaymentEvent = { kind: 'reversalPending', cause: 'RETRY' };
  const story = run(systemError, { inquire: failed, reverse: retry }, 25 * 3600);
  const [first = 0, ...rest] = times(story, 'reverse');
  expect(rest.slice(0, 5).map((at_s) => Math.round(at_s - first))).toEqual([2, 5, 10, 20, 40]);
  expect(Math.round((rest[6] ?? 0) - (rest[5] ?? 0))).toBe(60);
  expect(rest.at(-1)).toBeLessThanOrEqual(24 * 3600);
  expect(story.machine.state).toMatchObject({ kind: 'disputed', cause: 'noProof' });
});

test('a cancel that found no order is proof only when it was asked for after the last flight, and a look finds none', () => {
  const story = run(systemError, { inquire: { kind: 'notFound' }, reverse: acknowledged }, 300);
  expect(times(story, 'reverse')).toEqual([30.2, 130]);
  expect(times(story, 'inquire').at(-1)).toBe(130.2);
  expect(story.machine.state).toEqual({ kind: 'reversed', result: 'NOT_FOUND' });
});

test('a payment that arrives after its cancel is undone by that second one', () => {
  const found: PaymentEvent = { kind: 'approved', proof: {} as never };
  const closed: PaymentEvent = { kind: 'hostReversed', result: 'TRADE_CLOSED' };
  let cancels = 0;
  let looks = 0;
  const story = run(
    systemError,
    {
      inquire: () => {
        looks += cancels;
        if (cancels === 2) return closed;
        return looks === 2 ? found : { kind: 'notFound' };
      },
      reverse: () => {
        cancels += 1;
        return acknowledged;
      },
    },
    600,
  );
  expect(times(story, 'reverse')).toEqual([30.2, 130]);
  expect(story.machine.state).toEqual({ kind: 'reversed', result: 'TRADE_CLOSED' });
});

test('a refund in doubt is asked about after 10 s and not before', () => {
  const sent = openGiveBack(true, 0, policy).machine;
  const unknown = stepGiveBack(sent, { kind: 'noAnswer', cause: 'x' }, 500, policy).machine;
  expect(unknown.due?.at_ms).toBe(10_000);
  const asking = stepGiveBack(unknown, { kind: 'timer' }, 10_000, policy).machine;
  const again = stepGiveBack(asking, { kind: 'inquiryFailed', cause: 'x' }, 10_200, policy).machine;
  expect(again.due?.at_ms).toBe(20_000);
});

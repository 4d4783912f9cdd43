// When the till asks WeChat: the machine with this adapter's timings, in virtual time (the scheme's best practice, profile.ts).
import { expect, test } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { wechatPolicy } from './profile.ts';

type Answers = Record<string, PaymentEvent | undefined>;
type Run = { asked: (what: string) => number[]; machine: PaymentMachine };

/** Fires the timers as they fall due and answers every question at once with what `answers` says to it, at its time. */
function run(
  first: PaymentEvent | null,
  answers: (at_s: number) => Answers,
  until_s: number,
  giveUpAt_s?: number,
): Run {
  const asked: { what: string; at_s: number }[] = [];
  let now_ms = 0;
  let machine = openPayment('authorize', 0, wechatPolicy).machine;
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, wechatPolicy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'eraseCode') continue;
      asked.push({ what: kind, at_s: now_ms / 1000 });
      const answer = answers(now_ms / 1000)[kind];
      if (answer !== undefined) take(answer);
    }
  };
  if (first) take(first);
  let hasGivenUp = giveUpAt_s === undefined;
  while (machine.due && machine.due.at_ms <= until_s * 1000) {
    if (!hasGivenUp && machine.due.at_ms > (giveUpAt_s ?? 0) * 1000) {
      hasGivenUp = true;
      now_ms = (giveUpAt_s ?? 0) * 1000;
      take({ kind: 'gaveUp' });
      continue;
    }
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take({ kind: 'timer' });
  }
  const times = (what: string) => asked.filter((one) => one.what === what).map(({ at_s }) => at_s);
  return { asked: times, machine };
}

const always = (answers: Answers) => () => answers;
const systemError: PaymentEvent = { kind: 'undecided', code: 'SYSTEM_ERROR' };
const fives = [5, 10, 15, 20, 25, 30, 35, 40];
const approved: PaymentEvent = { kind: 'approved', proof: {} as never };

test('after a system error: the first look at 5 s, then every 5 s, reversed at 45 s', () => {
  const { asked } = run(systemError, always({ inquire: { kind: 'processing' } }), 46);
  expect(asked('inquire')).toEqual([...fives, 45]);
  expect(asked('reverse')).toEqual([45]);
});

test('a customer who types the password is looked after every 5 s, until 45 s', () => {
  const { asked } = run({ kind: 'awaiting' }, always({ inquire: { kind: 'awaiting' } }), 46);
  expect(asked('inquire')).toEqual([...fives, 45]);
  expect(asked('reverse')).toEqual([45]);
});

test('a password typed in the last second is a sale: the last look comes with the end of its time, and no reversal before it', () => {
  const answers = (at_s: number): Answers => ({ inquire: at_s < 44.5 ? { kind: 'awaiting' } : approved });
  const { asked, machine } = run({ kind: 'awaiting' }, answers, 100);
  expect(asked('reverse')).toEqual([]);
  expect(machine.state.kind).toBe('approved');
});

test('a password typed at 22 s is a sale at 25 s', () => {
  const { asked, machine } = run(
    { kind: 'awaiting' },
    (at_s) => ({ inquire: at_s < 22 ? { kind: 'awaiting' } : approved }),
    100,
  );
  expect(asked('inquire').at(-1)).toBe(25);
  expect(asked('reverse')).toEqual([]);
  expect(machine.state.kind).toBe('approved');
});

test('PAYERROR ends nothing: the order is asked about until 45 s, and reversed', () => {
  const answers: Answers = { inquire: { kind: 'inquiryFailed', cause: 'PAYERROR' } };
  const { asked } = run({ kind: 'awaiting' }, always(answers), 46);
  expect(asked('reverse')).toEqual([45]);
});

test('no reversal in the first 15 s, however early the cashier gives up', () => {
  const answers: Answers = { reverse: { kind: 'reversalPending', cause: 'USERPAYING' } };
  expect(run({ kind: 'awaiting' }, always(answers), 14.9, 3).asked('reverse')).toEqual([]);
  expect(run({ kind: 'awaiting' }, always(answers), 80, 3).asked('reverse')).toEqual([15, 20, 25, 35, 55]);
});

test('a reversal is repeated until it is answered: 0, 5, 10, 20, 40 s, then every minute', () => {
  const answers: Answers = {
    inquire: { kind: 'processing' },
    reverse: { kind: 'reversalPending', cause: 'HTTP_503' },
  };
  const begun = run(systemError, always(answers), 300)
    .asked('reverse')
    .map((at_s) => at_s - 45);
  expect(begun).toEqual([0, 5, 10, 20, 40, 100, 160, 220]);
});

test('an acknowledged reversal of an order that nobody knows is proof only when nothing can be in flight', () => {
  const answers = (at_s: number): Answers => ({
    inquire: at_s < 60 ? { kind: 'notFound' } : { kind: 'hostReversed', result: 'REVOKED' },
    reverse: { kind: 'reversalAcknowledged', result: 'NOT_FOUND' },
  });
  const { asked, machine } = run(systemError, answers, 600);
  // 10 s for the answer, 120 s on the way
  expect(asked('reverse')).toEqual([45, 130]);
  expect(asked('inquire').at(-1)).toBe(130);
  expect(machine.state).toEqual({ kind: 'reversed', result: 'REVOKED' });
});

test('a revoked order is proof at once', () => {
  let reversals = 0;
  const answers = (): Answers => ({
    inquire: reversals === 0 ? { kind: 'processing' } : { kind: 'hostReversed', result: 'REVOKED' },
    get reverse(): PaymentEvent {
      reversals += 1;
      return { kind: 'reversalAcknowledged', result: 'REVERSED' };
    },
  });
  const { asked, machine } = run(systemError, answers, 600);
  expect(asked('reverse')).toEqual([45]);
  expect(asked('inquire').at(-1)).toBe(45);
  expect(machine.state).toEqual({ kind: 'reversed', result: 'REVOKED' });
});

test('a charge that surfaces after the acknowledgement is reversed again', () => {
  let reversals = 0;
  const answers = (at_s: number): Answers => ({
    inquire:
      at_s < 60
        ? { kind: 'notFound' }
        : reversals > 1
          ? { kind: 'hostReversed', result: 'REVOKED' }
          : approved,
    get reverse(): PaymentEvent {
      reversals += 1;
      return { kind: 'reversalAcknowledged', result: 'REVERSED' };
    },
  });
  const { asked, machine } = run(systemError, answers, 600);
  expect(asked('reverse')).toEqual([45, 130]);
  expect(machine.state).toEqual({ kind: 'reversed', result: 'REVOKED' });
});

test('after seven days without an answer there is one last look, and then a dispute', () => {
  const answers: Answers = { reverse: { kind: 'reversalPending', cause: 'HTTP_503' } };
  const { asked, machine } = run(systemError, always(answers), 8 * 24 * 3600);
  expect(asked('inquire').at(-1)).toBeGreaterThan(7 * 24 * 3600);
  expect(asked('reverse').at(-1)).toBeLessThanOrEqual(7 * 24 * 3600);
  expect(machine.state.kind).toBe('disputed');
});

test('what no run above shows: no voids, no number sent twice, no "give up" before a reversal can go', () => {
  const { clearingDayEnds_min, idempotentAuthorize, giveUpFrom_ms, reverseFrom_ms } = wechatPolicy;
  expect({ clearingDayEnds_min, idempotentAuthorize }).toEqual({
    clearingDayEnds_min: null,
    idempotentAuthorize: false,
  });
  expect(giveUpFrom_ms).toBe(reverseFrom_ms);
});

// When the till asks UnionPay: the machine with this adapter's timings, in virtual time.
import { expect, test } from 'vitest';
import { openGiveBack, stepGiveBack } from '../../core/domain/giveback/transition.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { unionpayPolicy as policy } from './profile.ts';

type Answer = PaymentEvent | ((count: number, at_s: number) => PaymentEvent);
type Run = { times(what: string): number[]; machine: PaymentMachine };

/** Fires the timers as they fall due; every question is answered 200 ms later with what `answers` says to it. */
function run(first: PaymentEvent | null, answers: Record<string, Answer>, until_s: number): Run {
  const asked: { what: string; at_s: number }[] = [];
  let now_ms = 0;
  let machine = openPayment('authorize', 0, policy).machine;
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, policy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      if (kind === 'eraseCode') continue;
      asked.push({ what: kind, at_s: now_ms / 1000 });
      const answer = answers[kind];
      if (answer === undefined) continue;
      const count = asked.filter(({ what }) => what === kind).length;
      const said = typeof answer === 'function' ? answer(count, now_ms / 1000) : answer;
      now_ms += 200;
      take(said);
    }
  };
  now_ms = 200;
  if (first) take(first);
  while (machine.due && machine.due.at_ms <= until_s * 1000) {
    now_ms = Math.max(now_ms, machine.due.at_ms);
    take({ kind: 'timer' });
  }
  const times = (what: string) => asked.filter((one) => one.what === what).map(({ at_s }) => at_s);
  return { times, machine };
}

const accepted: PaymentEvent = { kind: 'undecided', code: 'ACCEPTED' };
const processing: PaymentEvent = { kind: 'processing' };
const approved: PaymentEvent = { kind: 'approved', proof: {} as never };
const acknowledged: PaymentEvent = { kind: 'reversalAcknowledged', result: 'REVERSED' };
const noProof: PaymentEvent = { kind: 'inquiryFailed', cause: 'REVERSED_OR_00', isKnown: true };

test('an accepted purchase is asked about after 1, 2, 4, 8, 16 and 32 s more, and then reversed', () => {
  const story = run(accepted, { inquire: processing }, 64);
  expect(story.times('inquire')).toEqual([1, 3, 7, 15, 31, 63]);
  expect(story.times('reverse')).toEqual([63.2]);
});

test('a customer who types the password in 10 s is a sale at 15 s', () => {
  const story = run(accepted, { inquire: (_, at_s) => (at_s < 10 ? processing : approved) }, 100);
  expect(story.times('inquire')).toEqual([1, 3, 7, 15]);
  expect(story.times('reverse')).toEqual([]);
  expect(story.machine.state.kind).toBe('approved');
});

test('a lost answer is asked about at once when its time is over', () => {
  const story = run(null, { inquire: processing }, 64);
  expect(story.times('inquire')).toEqual([10, 15, 31, 63]);
  expect(story.times('reverse')).toEqual([63.2]);
});

test('a reversal is repeated until it is answered, and for no longer than a clearing day can be', () => {
  const pending: PaymentEvent = { kind: 'reversalPending', cause: '03' };
  const story = run(accepted, { inquire: processing, reverse: pending }, 26 * 3600);
  const [first = 0, ...rest] = story.times('reverse');
  expect(rest.slice(0, 5).map((at_s) => Math.round(at_s - first))).toEqual([2, 5, 10, 20, 40]);
  expect(rest.at(-1)).toBeLessThanOrEqual(24 * 3600);
  expect(story.machine.state).toMatchObject({ kind: 'disputed', cause: 'noProof' });
});

test('an order that never came is proven so by a reversal after its last flight', () => {
  const nothing: PaymentEvent = { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
  const story = run(accepted, { inquire: { kind: 'notFound' }, reverse: nothing }, 300);
  expect(story.times('reverse')).toEqual([63.2, 130]);
  expect(story.machine.state).toEqual({ kind: 'reversed', result: 'NOT_FOUND' });
});

test('a reversed order of which a query says "paid" is never taken for paid, and ends with a person', () => {
  let reversals = 0;
  const answers = {
    inquire: () => (reversals === 0 ? processing : noProof),
    reverse: (): PaymentEvent => {
      reversals += 1;
      return reversals < 20 ? acknowledged : { kind: 'reversalRefused', cause: '39' };
    },
  };
  const story = run(accepted, answers, 6 * 3600);
  const times = story.times('reverse');
  expect(times).toHaveLength(20);
  // never faster than one in two minutes, once it was acknowledged
  expect(Math.min(...times.slice(1).map((at_s, index) => at_s - (times[index] ?? 0)))).toBeGreaterThan(120);
  expect(story.machine.state).toMatchObject({ kind: 'disputed', cause: 'noProof' });
});

test('acknowledged for ever and never proven, it ends with a person when the clearing day is over', () => {
  const answers = { inquire: (count: number) => (count <= 6 ? processing : noProof), reverse: acknowledged };
  const story = run(accepted, answers, 30 * 3600);
  expect(story.times('reverse').at(-1)).toBeLessThanOrEqual(24 * 3600);
  expect(story.machine.state).toMatchObject({ kind: 'disputed', cause: 'noProof' });
});

test('a void or refund is asked about in the same steps, then every ten minutes', () => {
  let machine = openGiveBack(true, 0, policy).machine;
  machine = stepGiveBack(machine, { kind: 'accepted', code: 'ACCEPTED' }, 200, policy).machine;
  const at_s: number[] = [];
  for (let count = 0; count < 8; count += 1) {
    const now_ms = machine.due?.at_ms ?? NaN;
    at_s.push(now_ms / 1000);
    machine = stepGiveBack(machine, { kind: 'timer' }, now_ms, policy).machine;
    machine = stepGiveBack(machine, processingBack, now_ms, policy).machine;
  }
  expect(at_s).toEqual([1, 3, 7, 15, 31, 63, 663, 1263]);
});

const processingBack = { kind: 'processing' } as const;

test('what no run above shows: no tombstones, no number sent twice, voids until 23:00', () => {
  const { tombstones, idempotentAuthorize, clearingDayEnds_min } = policy;
  expect({ tombstones, idempotentAuthorize, clearingDayEnds_min }).toEqual({
    tombstones: false,
    idempotentAuthorize: false,
    clearingDayEnds_min: 1380,
  });
});

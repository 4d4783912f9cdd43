// After a restore everything open is asked about first, and a deferred payment without its code ends where a person sees it.
import { describe, expect, it } from 'vitest';
import { gatewayPolicy } from './policy.ts';
import type { PaymentMachine, PaymentState } from './state.ts';
import { proof } from '../../../test/sim/machine-variants.ts';
import type { PaymentEvent } from './event.ts';
import { stepPayment } from './transition.ts';

const NOW_ms = 1_000_000;
const restored = { kind: 'restarted', sent: false, restored: true } as const;

const open: PaymentState[] = [
  { kind: 'held', expiresAt_ms: 2 },
  { kind: 'queued', expiresAt_ms: 2 },
  { kind: 'authorizing', sentAt_ms: 1, resend: false, expiresAt_ms: null },
  { kind: 'awaitingCustomer', sentAt_ms: 1, inquiries: 3 },
  { kind: 'unknown', sentAt_ms: 1, inquiries: 2 },
  { kind: 'inquiring', sentAt_ms: 1, inquiries: 2, from: 'unknown', giveBack: true },
  { kind: 'reversing', sentAt_ms: 1, startedAt_ms: 1, reversals: 2, phase: 'asking' },
];

const machineOf = (state: PaymentState, deferred: boolean): PaymentMachine => ({
  deferred,
  state,
  due: { at_ms: 5, after_ms: 5 },
});

describe.each(open)('$kind', (state) => {
  it.each([true, false])('is inquired about and nothing else is sent (deferred: %s)', (deferred) => {
    const step = stepPayment(machineOf(state, deferred), restored, NOW_ms, gatewayPolicy);
    expect(step.effects.map(({ kind }) => kind)).toEqual(['inquire']);
    expect(step.machine.due?.at_ms).toBeGreaterThan(NOW_ms);
    expect(step.machine.deferred).toBe(deferred);
  });
});

it.each([
  { kind: 'presenting', sentAt_ms: 1, endsAt_ms: 2, content: null, tries: 1, inquiries: 0, phase: 'making' },
  {
    kind: 'presenting',
    sentAt_ms: 1,
    endsAt_ms: 2,
    content: 'weixin://1',
    tries: 1,
    inquiries: 2,
    phase: 'shown',
  },
  { kind: 'closing', sentAt_ms: 1, startedAt_ms: 1, closings: 4, phase: 'waiting' },
] as const)('a code of ours is closed, which tells what became of it: $kind $phase', (state) => {
  const machine = { ...machineOf(state, false), presented: true } as const;
  const step = stepPayment(machine, restored, NOW_ms, gatewayPolicy);
  expect(step.machine.state).toMatchObject({ kind: 'closing', phase: 'asking' });
  expect(step.effects).toEqual([{ kind: 'closePresented', count: 1 }]);
});

it('a reversal keeps its door shut: found charged it goes again, and is not kept', () => {
  const [reversing] = open.filter(({ kind }) => kind === 'reversing');
  if (reversing === undefined) throw new Error('no reversing');
  const waiting = stepPayment(machineOf(reversing, false), restored, NOW_ms, gatewayPolicy).machine;
  const later = stepPayment(waiting, { kind: 'timer' }, NOW_ms + gatewayPolicy.callTimeout_ms, gatewayPolicy);
  expect(later.machine.state).toMatchObject({ kind: 'reversing', phase: 'asking' });
  expect(later.effects.map(({ kind }) => kind)).toEqual(['reverse']);
});

/** Asked again and again with this answer, to the end or for an hour. */
function asked(machine: PaymentMachine): { state: PaymentState; at_ms: number; effects: Set<string> } {
  let [now_ms, at] = [NOW_ms, machine];
  const effects = new Set<string>();
  while (at.due !== null && now_ms < NOW_ms + 3_600_000) {
    const event =
      at.state.kind === 'inquiring' ? ({ kind: 'notFound' } as const) : ({ kind: 'timer' } as const);
    if (event.kind === 'timer') now_ms = at.due.at_ms;
    const step = stepPayment(at, event, now_ms, gatewayPolicy);
    for (const { kind } of step.effects) effects.add(kind);
    at = step.machine;
  }
  return { state: at.state, at_ms: now_ms, effects };
}

it('a queued payment that the acquirer never got ends as lost, once nothing can be on its way; it is never sent again', () => {
  const [queued] = open.filter(({ kind }) => kind === 'queued');
  if (queued === undefined) throw new Error('no queued');
  const first = stepPayment(machineOf(queued, true), restored, NOW_ms, gatewayPolicy).machine;
  const { state, at_ms, effects } = asked(first);
  expect(state).toEqual({ kind: 'expiredUnsent', cause: 'codeLost' });
  const flight_ms = gatewayPolicy.answerTimeout_ms + gatewayPolicy.inFlightHorizon_ms;
  expect(at_ms).toBeGreaterThan(NOW_ms + flight_ms);
  expect([...effects]).not.toContain('authorize');
  expect([...effects]).not.toContain('reverse');
});

describe('one that may have been approved in the lost time', () => {
  const inDoubt = open.filter(({ kind }) =>
    ['held', 'authorizing', 'awaitingCustomer', 'unknown'].includes(kind),
  );

  /** Kinds of effects, until it is proven or a day has passed. */
  function told(state: PaymentState, answerOf: (count: number) => PaymentEvent): string[] {
    let machine = stepPayment(machineOf(state, false), restored, NOW_ms, gatewayPolicy).machine;
    const effects = ['inquire'];
    let now_ms = NOW_ms;
    while (machine.due !== null && !effects.includes('reverse') && now_ms < NOW_ms + 86_400_000) {
      const isAsked = machine.state.kind === 'inquiring';
      if (!isAsked) now_ms = machine.due.at_ms;
      const event = isAsked ? answerOf(effects.length) : ({ kind: 'timer' } as const);
      const step = stepPayment(machine, event, now_ms, gatewayPolicy);
      effects.push(...step.effects.map(({ kind }) => kind));
      machine = step.machine;
    }
    return effects;
  }

  it.each(inDoubt)('is asked about, and no silence reverses it: $kind', (state) => {
    const kinds = told(state, () => ({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' }));
    expect(new Set(kinds)).toEqual(new Set(['inquire']));
    expect(kinds.length).toBeGreaterThan(1000);
  });

  it.each(inDoubt)('is kept when the acquirer says so after all: $kind', (state) => {
    const kinds = told(state, (count) =>
      count < 5 ? { kind: 'inquiryFailed', cause: 'ETIMEDOUT' } : { kind: 'approved', proof },
    );
    expect(kinds.filter((kind) => kind !== 'inquire')).toEqual(['eraseCode']);
  });

  it.each(inDoubt)(
    'is waited for while it is open at the acquirer: it may have been queued: $kind',
    (state) => {
      for (const kind of ['processing', 'awaiting'] as const)
        expect(new Set(told(state, () => ({ kind })))).toEqual(new Set(['inquire']));
    },
  );

  it.each(inDoubt)(
    'is reversed when it was not found twice, once with nothing on its way: $kind',
    (state) => {
      const kinds = told(state, () => ({ kind: 'notFound' }));
      expect(kinds).toContain('reverse');
      const flight_ms = gatewayPolicy.inFlightHorizon_ms;
      expect(kinds.indexOf('reverse') * gatewayPolicy.deferredInquiryEvery_ms).toBeGreaterThan(flight_ms);
    },
  );

  it('is still one after another restart', () => {
    const [first] = inDoubt;
    if (first === undefined) throw new Error('none');
    const asking = stepPayment(machineOf(first, false), restored, NOW_ms, gatewayPolicy).machine;
    const failed = stepPayment(asking, { kind: 'timer' }, NOW_ms + 5000, gatewayPolicy).machine;
    const again = stepPayment(failed, { kind: 'restarted', sent: true }, NOW_ms + 9000, gatewayPolicy);
    expect(again.machine.state).toMatchObject({ kind: 'inquiring', restored: true });
  });
});

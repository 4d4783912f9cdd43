// Ways in which the machine once broke a promise, found by the exhaustive search (test/sim) or by writing its table. Each stays fixed.
import { describe, expect, test } from 'vitest';
import { proof } from '../../../test/sim/machine-variants.ts';
import type { PaymentEvent } from './event.ts';
import { gatewayPolicy, type PaymentPolicy } from './policy.ts';
import type { PaymentMachine } from './state.ts';
import { openPayment, stepPayment } from './transition.ts';

const SECOND_ms = 1000;
const DAY_ms = 24 * 3600 * SECOND_ms;
const plain: PaymentPolicy = { ...gatewayPolicy, tombstones: false, idempotentAuthorize: false };

type Told = [after_s: number, event: PaymentEvent];

const notSent: PaymentEvent = { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' };
const misconfigured: PaymentEvent = { kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' };
const restarted: PaymentEvent = { kind: 'restarted', sent: true };

/** Opens an attempt at 0 and tells it everything, each so many seconds after that. */
function told(
  mode: Parameters<typeof openPayment>[0],
  policy: PaymentPolicy,
  events: Told[],
): PaymentMachine {
  const { machine } = openPayment(mode, 0, policy);
  return events.reduce(
    (now, [after_s, event]) => stepPayment(now, event, after_s * SECOND_ms, policy).machine,
    machine,
  );
}

test('a late TERMINAL_INVALID to a first sending does not prove the last check of a reversal', () => {
  const machine = told('queue', gatewayPolicy, [
    [1, { kind: 'submitted' }],
    [2, restarted],
    [3, { kind: 'notFound' }],
    [4, { kind: 'deferredCancelled' }],
    [5, { kind: 'reversalRefused', cause: 'WINDOW_CLOSED' }],
    [6, misconfigured],
  ]);
  expect(machine.state).toMatchObject({ kind: 'reversing', phase: 'lastCheck' });
});

test('the horizon covers a request that left as late as its time-out allowed', () => {
  const machine = told('authorize', plain, [
    [9, { kind: 'gaveUp' }],
    [10, { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' }],
    [11, { kind: 'notFound' }],
  ]);
  expect(machine.state).toMatchObject({ kind: 'reversing', phase: 'horizon' });
  expect(machine.due?.at_ms).toBe(plain.answerTimeout_ms + plain.inFlightHorizon_ms);
});

test('a reversal that was asked for before the horizon is asked for once more after it', () => {
  const machine = told('authorize', plain, [
    [10, { kind: 'timer' }],
    [128, { kind: 'timer' }],
    [129, { kind: 'gaveUp' }],
    [129, { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' }],
    [131, { kind: 'notFound' }],
  ]);
  expect(machine.state).toMatchObject({ kind: 'reversing', phase: 'horizon' });
  expect(machine.due?.at_ms).toBe(131 * SECOND_ms);
});

test('an order that is known to be closed needs no horizon; one that lives on is reversed again', () => {
  const acknowledged: Parameters<typeof told>[2] = [
    [9, { kind: 'gaveUp' }],
    [10, { kind: 'reversalAcknowledged', result: 'REVERSED' }],
  ];
  const closed = told('authorize', plain, [
    ...acknowledged,
    [11, { kind: 'hostReversed', result: 'REVOKED' }],
  ]);
  expect(closed.state).toEqual({ kind: 'reversed', result: 'REVOKED' });
  const alive = told('authorize', plain, [...acknowledged, [11, { kind: 'awaiting' }]]);
  expect(alive.state).toMatchObject({ kind: 'reversing', phase: 'waiting', reversals: 1 });
  const due_ms = alive.due?.at_ms ?? 0;
  const again = stepPayment(alive, { kind: 'timer' }, due_ms, plain).machine;
  expect(again.state).toMatchObject({ kind: 'reversing', phase: 'asking', reversals: 2 });
});

test('a resend that is refused for its signature leaves the first sending in doubt', () => {
  const machine = told('queue', gatewayPolicy, [
    [1, { kind: 'submitted' }],
    [2, restarted],
    [3, { kind: 'notFound' }],
    [4, misconfigured],
  ]);
  expect(machine.state.kind).toBe('unknown');
});

test('failed sendings do not keep a queued payment alive beyond its age', () => {
  let machine = openPayment('queue', 0, gatewayPolicy).machine;
  for (let hour = 1; hour < 24; hour += 1) {
    machine = stepPayment(machine, { kind: 'submitted' }, hour * 3600 * SECOND_ms, gatewayPolicy).machine;
    machine = stepPayment(machine, notSent, hour * 3600 * SECOND_ms + 1, gatewayPolicy).machine;
  }
  expect(machine.due?.at_ms).toBe(gatewayPolicy.queueMaxAge_ms);
  const ended = stepPayment(machine, { kind: 'timer' }, DAY_ms, gatewayPolicy).machine;
  expect(ended.state).toEqual({ kind: 'expiredUnsent', cause: 'age' });
});

test('failed sendings do not keep a held code beyond its life', () => {
  const machine = told('hold', gatewayPolicy, [
    [50, { kind: 'submitted' }],
    [51, { ...notSent, then: 'hold' }],
  ]);
  expect(machine.due?.at_ms).toBe(gatewayPolicy.holdFor_ms);
});

test('a queued payment whose key is lost ends as an exception, not in a loop', () => {
  const machine = told('queue', gatewayPolicy, [
    [1, { kind: 'submitted' }],
    [2, { kind: 'codeLost' }],
  ]);
  expect(machine.state).toEqual({ kind: 'expiredUnsent', cause: 'codeLost' });
});

test('a payment that was sent and whose key is lost is inquired about slowly, for ever', () => {
  const machine = told('queue', gatewayPolicy, [
    [1, { kind: 'submitted' }],
    [2, restarted],
    [3, { kind: 'notFound' }],
    [4, { kind: 'codeLost' }],
  ]);
  expect(machine.state.kind).toBe('unknown');
  expect(machine.due?.after_ms).toBe(gatewayPolicy.deferredInquiryEvery_ms);
});

test('a clock set back by years does not make a payment wait for years', () => {
  const boot_ms = -30 * 365 * DAY_ms;
  const { machine } = openPayment('authorize', 0, gatewayPolicy);
  const asked = stepPayment(machine, restarted, boot_ms, gatewayPolicy).machine;
  const waiting = stepPayment(asked, { kind: 'processing' }, boot_ms + SECOND_ms, gatewayPolicy).machine;
  expect(waiting.due?.after_ms).toBeLessThanOrEqual(gatewayPolicy.giveUpAt_ms);
  const reversing = told('authorize', gatewayPolicy, [[6, { kind: 'gaveUp' }]]);
  const next = stepPayment(reversing, { kind: 'timer' }, boot_ms, gatewayPolicy).machine;
  expect(next.due?.after_ms).toBeLessThanOrEqual(gatewayPolicy.reverseEvery_ms);
});

/** Opened at 0; the core starts anew a moment later, and its clock says `boot_ms`. */
function overClock(policy: PaymentPolicy, boot_ms: number) {
  let { machine } = openPayment('authorize', 0, policy);
  let now_ms = boot_ms;
  const say = (event: PaymentEvent, later_ms = 0) => {
    now_ms += later_ms;
    ({ machine } = stepPayment(machine, event, now_ms, policy, boot_ms));
  };
  /** Given up; the reversal finds nothing that it could undo, and the look after it neither. */
  const giveUp = () => {
    say(restarted);
    say({ kind: 'gaveUp' });
    say({ kind: 'reversalAcknowledged', result: 'NOT_CHARGED' }, SECOND_ms);
    say({ kind: 'notFound' }, SECOND_ms);
  };
  const wait = () => say({ kind: 'timer' }, (machine.due?.at_ms ?? 0) - now_ms);
  return { say, giveUp, wait, machine: () => machine };
}

test('a clock set forward over a restart does not end the flight of a request that left a moment ago (seed 53307)', () => {
  const { say, giveUp, wait, machine } = overClock(plain, DAY_ms);
  giveUp();
  expect(machine().state).toMatchObject({ kind: 'reversing', phase: 'horizon' });
  expect(machine().due?.at_ms).toBe(DAY_ms + plain.inFlightHorizon_ms);
  wait();
  say({ kind: 'reversalAcknowledged', result: 'NOT_CHARGED' }, SECOND_ms);
  say({ kind: 'notFound' }, SECOND_ms);
  expect(machine().state).toMatchObject({ kind: 'reversed', result: 'NOT_FOUND' });
});

test('nor where the time for a reversal is over before that flight: a not-found is a dispute then, and no proof (seed 57863)', () => {
  const hasty = { ...plain, reversalWindow_ms: 240 * SECOND_ms };
  const boot_ms = 180 * SECOND_ms;
  const { say, giveUp, wait, machine } = overClock(hasty, boot_ms);
  giveUp();
  expect(machine().state).toMatchObject({ kind: 'reversing', phase: 'horizon' });
  expect(machine().due?.at_ms).toBe(boot_ms + hasty.inFlightHorizon_ms);
  wait();
  say({ kind: 'notFound' }, SECOND_ms);
  expect(machine().state).toMatchObject({ kind: 'disputed' });
});

test('an approval after the cancel of a queued payment is given back', () => {
  const machine = told('queue', gatewayPolicy, [
    [1, { kind: 'deferredCancelled' }],
    [2, { kind: 'approved', proof }],
  ]);
  expect(machine.state).toMatchObject({ kind: 'inquiring', giveBack: true });
});

/** Sold on trust and sent, and what each question is answered; the next one is asked when it is due. */
function askedOf(
  from: PaymentMachine,
  answers: readonly PaymentEvent[],
  policy: PaymentPolicy,
): PaymentMachine {
  let machine = from;
  for (const answer of answers) {
    let now_ms = machine.due?.at_ms ?? 0;
    if (machine.state.kind === 'unknown')
      machine = stepPayment(machine, { kind: 'timer' }, now_ms, policy).machine;
    now_ms += 1;
    machine = stepPayment(machine, answer, now_ms, policy).machine;
  }
  return machine;
}

describe('a deferred payment that the acquirer does not know', () => {
  const late_ms = SECOND_ms + plain.answerTimeout_ms + plain.inFlightHorizon_ms + plain.callTimeout_ms;
  const asked = told('queue', plain, [
    [1, { kind: 'submitted' }],
    [2, restarted],
  ]);
  const notFound = { kind: 'notFound' } as const;
  const denied = stepPayment(asked, notFound, late_ms, plain).machine;

  test('stays in doubt while its request may be on its way', () => {
    const early = stepPayment(asked, notFound, late_ms - 1, plain).machine;
    expect(early.state).toMatchObject({ kind: 'unknown' });
    expect(early.state).not.toHaveProperty('unfound');
  });

  test('is not lost by one word of books that lag behind, and is by the second', () => {
    expect(denied.state).toMatchObject({ kind: 'unknown', unfound: true });
    expect(askedOf(denied, [{ kind: 'approved', proof }], plain).state.kind).toBe('approved');
    expect(askedOf(denied, [{ kind: 'inquiryFailed', cause: 'DNS' }, notFound], plain).state).toMatchObject({
      kind: 'declined',
      code: 'NOT_FOUND',
    });
  });

  test('is denied anew when it was known between', () => {
    const known = askedOf(denied, [{ kind: 'processing' }], plain);
    expect(askedOf(known, [notFound], plain).state.kind).toBe('unknown');
    expect(askedOf(known, [notFound, notFound], plain).state.kind).toBe('declined');
  });

  test('ends the same way without its code, after a restore', () => {
    const queued: PaymentMachine = {
      deferred: true,
      state: { kind: 'queued', expiresAt_ms: 9e9 },
      due: null,
    };
    const lost = stepPayment(queued, { kind: 'restarted', sent: false, restored: true }, 0, plain).machine;
    const once = stepPayment(lost, notFound, late_ms, plain).machine;
    expect(once.state).toMatchObject({ kind: 'unknown', codeGone: true, unfound: true });
    expect(askedOf(once, [notFound], plain).state).toEqual({ kind: 'expiredUnsent', cause: 'codeLost' });
  });
});

// How long a code of ours is shown, and by whose word it ends.
import { expect, test } from 'vitest';
import { proof } from '../../../test/sim/machine-variants.ts';
import type { PaymentEvent } from './event.ts';
import { gatewayPolicy } from './policy.ts';
import { openPresented } from './presenting.ts';
import { stepPayment } from './transition.ts';

const { presenting } = gatewayPolicy;

/** Each event so many milliseconds after the one before it. */
function told(events: readonly [after_ms: number, event: PaymentEvent][]) {
  let now_ms = 0;
  return events.reduce((machine, [after_ms, event]) => {
    now_ms += after_ms;
    return stepPayment(machine, event, now_ms, gatewayPolicy).machine;
  }, openPresented(0, gatewayPolicy).machine);
}

test('as long as was asked for, or as the acquirer says where that is less', () => {
  const asked = told([[500, { kind: 'presented', content: 'c' }]]);
  expect(asked.state).toMatchObject({ endsAt_ms: presenting.codeFor_ms });
  const sooner = told([[500, { kind: 'presented', content: 'c', endsEarlier_ms: 60_000 }]]);
  expect(sooner.state).toMatchObject({ endsAt_ms: presenting.codeFor_ms - 60_000 });
  const later = told([[500, { kind: 'presented', content: 'c', endsEarlier_ms: -9_000_000 }]]);
  expect(later.state).toMatchObject({ endsAt_ms: presenting.codeFor_ms });
});

const refusedAsPaid = { kind: 'undecided', code: 'ORDER_PAID', saysPaid: true } as const;

test.each<[string, [number, PaymentEvent][]]>([
  ['at the first try', []],
  [
    'at a later try',
    [
      [500, { kind: 'noAnswer', cause: 'ECONNRESET' }],
      [2000, { kind: 'timer' }],
    ],
  ],
  ['late, while it waits to be asked for again', [[500, { kind: 'noAnswer', cause: 'ECONNRESET' }]]],
])(
  'the acquirer says that it is paid, %s: it is asked about, and what is proven then counts',
  (_, before) => {
    const machine = told([...before, [500, refusedAsPaid]]);
    expect(machine.state).toMatchObject({ kind: 'closing', phase: 'asking' });
    const next = (event: PaymentEvent) => stepPayment(machine, event, 9000, gatewayPolicy).machine.state;
    expect(next({ kind: 'approved', proof })).toMatchObject({ kind: 'approved' });
    expect(next({ kind: 'closed', result: 'CLOSED' })).toEqual({ kind: 'closed', result: 'CLOSED' });
  },
);

test('at its end it is closed, and shown no more', () => {
  const machine = told([
    [500, { kind: 'presented', content: 'c', endsEarlier_ms: presenting.codeFor_ms - 2500 }],
    [2000, { kind: 'timer' }],
  ]);
  expect(machine.state).toMatchObject({ kind: 'closing', phase: 'asking' });
});

test('a clock set back over a restart does not show it for longer than a code ever lives', () => {
  const boot_ms = -3_600_000;
  const { machine } = stepPayment(
    told([[500, { kind: 'presented', content: 'c' }]]),
    { kind: 'restarted', sent: true },
    boot_ms,
    gatewayPolicy,
  );
  expect(machine.state).toMatchObject({ endsAt_ms: boot_ms + presenting.codeFor_ms });
});

test.each<[string, PaymentEvent, true | undefined]>([
  ['its time is over there', { kind: 'declined', code: 'ORDER_EXPIRED', reason: 'other' }, undefined],
  ['an office there took it back', { kind: 'hostReversed', result: 'REFUNDED' }, true],
])('ended there it is closed, not refused nor reversed: %s', (_, event, wentBack) => {
  const machine = told([
    [500, { kind: 'presented', content: 'c' }],
    [3000, { kind: 'timer' }],
    [100, event],
  ]);
  expect(machine).toMatchObject({ state: { kind: 'closed' }, due: null });
  expect('wentBack' in machine.state).toBe(wentBack === true);
});

test.each<[string, PaymentEvent, true | undefined]>([
  ['nobody paid it', { kind: 'closed', result: 'CLOSED' }, undefined],
  ['paid, and taken back by an office there', { kind: 'closed', result: 'REFUNDED', wentBack: true }, true],
])('the word of a closing keeps whether anything went back: %s', (_, event, wentBack) => {
  const machine = told([
    [500, { kind: 'presented', content: 'c' }],
    [3000, { kind: 'gaveUp' }],
    [100, event],
  ]);
  expect(machine).toMatchObject({ state: { kind: 'closed' }, due: null });
  expect('wentBack' in machine.state).toBe(wentBack === true);
});

test('a closing that never ends is asked about ever more seldom, and the acquirer’s bill ends it', () => {
  const { closeAt_ms, closeEvery_ms } = presenting;
  let machine = told([
    [500, { kind: 'presented', content: 'c' }],
    [3000, { kind: 'gaveUp' }],
  ]);
  const waits_ms: number[] = [];
  let now_ms = 3500;
  for (let asked = 0; asked < 200; asked += 1) {
    machine = stepPayment(machine, { kind: 'closePending', cause: 'REFUND' }, now_ms, gatewayPolicy).machine;
    expect(machine.state).toMatchObject({ kind: 'closing', phase: 'waiting' });
    waits_ms.push(machine.due?.after_ms ?? 0);
    now_ms = machine.due?.at_ms ?? now_ms;
    machine = stepPayment(machine, { kind: 'timer' }, now_ms, gatewayPolicy).machine;
  }
  const planned = closeAt_ms.length - 1;
  expect(waits_ms.slice(0, planned).reduce((sum, wait_ms) => sum + wait_ms, 0)).toBe(closeAt_ms.at(-1));
  const seldom = waits_ms.indexOf(gatewayPolicy.disputedEvery_ms);
  expect(new Set(waits_ms.slice(planned, seldom))).toEqual(new Set([closeEvery_ms]));
  expect(new Set(waits_ms.slice(seldom))).toEqual(new Set([gatewayPolicy.disputedEvery_ms]));
  expect(waits_ms.slice(0, seldom).reduce((sum, wait_ms) => sum + wait_ms, 0)).toBeGreaterThan(3_600_000);
  const cleared = stepPayment(machine, { kind: 'billClears' }, now_ms, gatewayPolicy).machine;
  expect(cleared).toMatchObject({ state: { kind: 'closed', result: 'BILL', wentBack: true }, due: null });
});

// A dispute is for a person, and the acquirer is asked on: its word is proof whenever it comes. The first two stories are those of
// seeds 25178239 and 1279 of the simulated day, which ended without a proof, and with a false one.
import { expect, test } from 'vitest';
import { proof } from '../../../test/sim/machine-variants.ts';
import { stepDisputed } from './disputed.ts';
import type { PaymentEvent } from './event.ts';
import { gatewayPolicy, type PaymentPolicy } from './policy.ts';
import type { PaymentMachine } from './state.ts';
import { openPayment, stepPayment } from './transition.ts';

const SECOND_ms = 1000;
const EVERY_s = gatewayPolicy.disputedEvery_ms / SECOND_ms;
const AFTER_s = gatewayPolicy.reversalWindow_ms / SECOND_ms + 100;
const plain: PaymentPolicy = { ...gatewayPolicy, tombstones: false, idempotentAuthorize: false };

type Told = [after_s: number, event: PaymentEvent];

const timer: PaymentEvent = { kind: 'timer' };
const lineDown: PaymentEvent = { kind: 'inquiryFailed', cause: 'ENOTFOUND' };
const notFound: PaymentEvent = { kind: 'notFound' };
const approved: PaymentEvent = { kind: 'approved', proof };
const acknowledged: PaymentEvent = { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' };

/** Given up, and never acknowledged within the window; the last look finds the line down. */
const outOfTime: Told[] = [
  [9, { kind: 'gaveUp' }],
  [19, { kind: 'reversalPending', cause: 'ECONNRESET' }],
  [AFTER_s, timer],
  [AFTER_s, lineDown],
];

function told(policy: PaymentPolicy, events: Told[]) {
  const { machine } = openPayment('authorize', 0, policy);
  const asked: string[] = [];
  const last = events.reduce<PaymentMachine>((now, [after_s, event]) => {
    const step = stepPayment(now, event, after_s * SECOND_ms, policy);
    asked.push(...step.effects.map((effect) => effect.kind));
    return step.machine;
  }, machine);
  return { machine: last, asked };
}

test('a last look that finds the line down proves nothing: it is asked about until somebody answers', () => {
  const { machine } = told(gatewayPolicy, outOfTime);
  expect(machine.state).toMatchObject({ kind: 'disputed', cause: 'noProof' });
  expect(machine.due?.after_ms).toBe(EVERY_s * SECOND_ms);
  const answered = told(gatewayPolicy, [
    ...outOfTime,
    [AFTER_s + EVERY_s, timer],
    [AFTER_s + EVERY_s, lineDown],
    [AFTER_s + 2 * EVERY_s, timer],
    [AFTER_s + 2 * EVERY_s, approved],
  ]);
  expect(answered.machine).toMatchObject({ state: { kind: 'approved', unwanted: true }, due: null });
});

test('without tombstones, books that lag behind and a late payment together make no proof of a not-found', () => {
  const { machine, asked } = told(plain, [
    [9, { kind: 'gaveUp' }],
    [10, acknowledged],
    [11, notFound],
    // Here the payment arrives, as late as a request can.
    [130, timer],
    [131, acknowledged],
    [132, notFound],
  ]);
  expect(asked.filter((kind) => kind === 'reverse')).toHaveLength(2);
  expect(machine.state).toEqual({ kind: 'reversed', result: 'NOT_FOUND' });
});

test('charged counts only when it was asked after the last reversal could have arrived', () => {
  const late = told(gatewayPolicy, [...outOfTime, [AFTER_s + 30, approved]]);
  expect(late.machine.state.kind).toBe('disputed');
});

test('an order that nobody knows gets its tombstone, and the acknowledgement is proof', () => {
  const asked: Told[] = [...outOfTime, [AFTER_s + EVERY_s, timer], [AFTER_s + EVERY_s, notFound]];
  expect(told(gatewayPolicy, asked).asked.at(-1)).toBe('reverse');
  const ended = told(gatewayPolicy, [...asked, [AFTER_s + EVERY_s + 1, acknowledged]]);
  expect(ended.machine.state).toEqual({ kind: 'reversed', result: 'NOT_CHARGED' });
});

test('without tombstones it takes two looks, one pace apart, that both find nothing', () => {
  const once: Told[] = [...outOfTime, [AFTER_s + EVERY_s, timer], [AFTER_s + EVERY_s, notFound]];
  expect(told(plain, once).machine.state).toMatchObject({ kind: 'disputed', cause: 'notFound' });
  const twice = told(plain, [...once, [AFTER_s + 2 * EVERY_s, timer], [AFTER_s + 2 * EVERY_s, notFound]]);
  expect(twice.machine.state).toEqual({ kind: 'reversed', result: 'NOT_FOUND' });
});

test('a dispute of an old journal, which rested for ever, is asked about after the next start', () => {
  const old: PaymentMachine = { deferred: false, state: { kind: 'disputed', cause: 'noProof' }, due: null };
  const started = stepPayment(old, { kind: 'restarted', sent: false }, 5000, gatewayPolicy).machine;
  expect(started.due).toEqual({
    at_ms: 5000 + gatewayPolicy.disputedEvery_ms,
    after_ms: gatewayPolicy.disputedEvery_ms,
  });
  const again = stepPayment(started, { kind: 'restarted', sent: false }, 6000, gatewayPolicy);
  expect(again.machine.due).toEqual(started.due);
});

test('the acquirer’s bill on which nothing was kept ends it, and nothing else is ended by it', () => {
  const { machine } = told(plain, outOfTime);
  const cleared = stepPayment(machine, { kind: 'billClears' }, AFTER_s * SECOND_ms, plain);
  expect(cleared.machine).toMatchObject({ state: { kind: 'reversed', result: 'BILL' }, due: null });
  const { machine: reversing } = told(plain, outOfTime.slice(0, 2));
  expect(stepPayment(reversing, { kind: 'billClears' }, AFTER_s * SECOND_ms, plain).verdict).toBe('noted');
});

test('a profile that asks before its reversals are gone is a defect', () => {
  const hasty = { ...gatewayPolicy, disputedEvery_ms: gatewayPolicy.inFlightHorizon_ms };
  const context = {
    machine: told(gatewayPolicy, outOfTime).machine,
    now_ms: 0,
    startedAt_ms: 0,
    policy: hasty,
  };
  const state = { kind: 'disputed', cause: 'noProof', sentAt_ms: 0 } as const;
  expect(() => stepDisputed({ ...context, policy: hasty }, state, notFound)).toThrow(
    'before its reversals are gone',
  );
});

// An acquirer keeps no order for ever: asked about for months, one that was paid is not there any more.
test.each<[string, PaymentEvent]>([
  ['is being worked on', { kind: 'processing' }],
  ['waits for the customer', { kind: 'awaiting' }],
  [
    'is there, paid before its reversal or after',
    { kind: 'inquiryFailed', cause: 'REVERSED_OR_00', isKnown: true },
  ],
])('without tombstones, an order that %s is never proven by a not-found of later', (_, known) => {
  const at_s = (turn: number) => AFTER_s + turn * EVERY_s;
  const story: Told[] = [
    ...outOfTime,
    [at_s(1), timer],
    [at_s(1), known],
    ...[2, 3, 4].flatMap((turn): Told[] => [
      [at_s(turn), timer],
      [at_s(turn), notFound],
    ]),
  ];
  const { machine } = told(plain, story);
  expect(machine).toMatchObject({ state: { kind: 'disputed' }, due: { after_ms: EVERY_s * SECOND_ms } });
  const signed = told(plain, [...story, [at_s(5), { kind: 'billClears', confirmed: true }]]);
  expect(signed.machine.state.kind).toBe('reversed');
});

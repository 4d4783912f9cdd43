// However an acquirer contradicts itself, it is asked at a pace: none of our obligations knocks without a pause.
import { expect, it } from 'vitest';
import { alipayPolicy } from '../../acquirers/alipay/profile.ts';
import { unionpayPolicy } from '../../acquirers/unionpay/profile.ts';
import { wechatPolicy } from '../../acquirers/wechatpay/profile.ts';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import { openGiveBack, stepGiveBack } from '../../core/domain/giveback/transition.ts';
import type { PaymentEvent, PaymentEventKind } from '../../core/domain/payment/event.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import { openPresented } from '../../core/domain/payment/presenting.ts';
import { openPayment, stepPayment } from '../../core/domain/payment/transition.ts';
import { probes } from './machine-events.ts';

const HOUR_ms = 3_600_000;
const ROUND_TRIP_ms = 100;
/** A code that is shown is looked at every 3 s for its five minutes: 100; a quarter more for all that may follow in the hour. */
const MOST = 250;

const timer = { kind: 'timer' } as const;

type Effect = { kind: string };
type Machine = { due: { at_ms: number } | null };
type Step<M> = { machine: M; effects: readonly Effect[] };
type Answers<Event> = Readonly<Record<string, Event | null>>;

/** How many requests one machine makes in an hour of the same answers. `first`: what happens right after its first answer. */
function requestsOf<M extends Machine, Event extends { kind: string }>(
  opened: Step<M>,
  step: (machine: M, event: Event | typeof timer, now_ms: number) => Step<M>,
  answers: Answers<Event>,
  later: readonly (readonly [at_ms: number, Event])[] = [],
): number {
  let { machine } = opened;
  let now_ms = 0;
  let requests = 0;
  const waiting: Event[] = [];
  const people = [...later];
  const note = (effects: readonly Effect[]): void => {
    for (const { kind } of effects) {
      const answer = answers[kind];
      if (answer === undefined) continue;
      requests += 1;
      if (answer !== null) waiting.push(answer);
    }
  };
  note(opened.effects);
  while (requests <= MOST) {
    const answer = waiting.shift();
    const at_ms = answer === undefined ? (machine.due?.at_ms ?? Infinity) : now_ms + ROUND_TRIP_ms;
    const person = people[0];
    const isPerson = answer === undefined && person !== undefined && person[0] <= at_ms;
    now_ms = Math.max(now_ms, isPerson ? person[0] : at_ms);
    if (now_ms > HOUR_ms) break;
    if (isPerson) people.shift();
    const taken = step(machine, isPerson ? person[1] : (answer ?? timer), now_ms);
    machine = taken.machine;
    note(taken.effects);
  }
  return requests;
}

const events = (...kinds: PaymentEventKind[]): PaymentEvent[] => [
  ...new Set(probes.map(({ event }) => event).filter(({ kind }) => kinds.includes(kind))),
];

const toPay = events('approved', 'declined', 'awaiting', 'undecided', 'noAnswer', 'notSent');
const toInquiry = events(
  'approved',
  'declined',
  'awaiting',
  'processing',
  'notFound',
  'inquiryFailed',
  'hostReversed',
);
const toReversal = events('reversalAcknowledged', 'reversalPending', 'reversalRefused');
const toPresent = events('presented', 'codeRefused', 'undecided', 'noAnswer', 'notSent');
const toClosing = events('closed', 'closePending', 'approved');
/** From a backup: what is open is asked about before anything is sent. */
const restored = { kind: 'restarted', sent: true, restored: true } as const;
const gaveUp = [20_000, { kind: 'gaveUp' }] as const;

const policies = {
  gateway: gatewayPolicy,
  'WeChat Pay': wechatPolicy,
  Alipay: alipayPolicy,
  UnionPay: unionpayPolicy,
};
const each = Object.entries(policies);

/** Null among them: silence. */
function* allOf<Event>(lists: Readonly<Record<string, readonly Event[]>>): Generator<Answers<Event>> {
  const [first, ...rest] = Object.entries(lists);
  if (first === undefined) {
    yield {};
    return;
  }
  const [kind, list] = first;
  for (const answers of allOf<Event>(Object.fromEntries(rest)))
    for (const answer of [...list, null]) yield { ...answers, [kind]: answer };
}

const told = (answers: Answers<{ kind: string }>) => JSON.stringify(answers);

it.each(each)('%s: a payment', (_, policy: PaymentPolicy) => {
  const step = (machine: Parameters<typeof stepPayment>[0], event: PaymentEvent, now_ms: number) =>
    stepPayment(machine, event, now_ms, policy);
  const queued = openPayment('queue', 0, policy).machine;
  const openings = [
    openPayment('authorize', 0, policy),
    stepPayment(queued, { kind: 'submitted' }, 0, policy),
    step(queued, restored, 0),
    step(openPayment('authorize', 0, policy).machine, restored, 0),
  ];
  const tooMany: string[] = [];
  for (const answers of allOf({ authorize: toPay, inquire: toInquiry, reverse: toReversal }))
    for (const opened of openings)
      for (const later of [[], [gaveUp]])
        if (requestsOf(opened, step, answers, later) > MOST) tooMany.push(told(answers));
  expect(tooMany).toEqual([]);
});

it.each(each)('%s: a code that is shown', (_, policy: PaymentPolicy) => {
  const step = (machine: Parameters<typeof stepPayment>[0], event: PaymentEvent, now_ms: number) =>
    stepPayment(machine, event, now_ms, policy);
  const tooMany: string[] = [];
  for (const answers of allOf({ present: toPresent, inquire: toInquiry, closePresented: toClosing }))
    for (const later of [[], [gaveUp]])
      for (const opened of [openPresented(0, policy), step(openPresented(0, policy).machine, restored, 0)])
        if (requestsOf(opened, step, answers, later) > MOST) tooMany.push(told(answers));
  expect(tooMany).toEqual([]);
});

const shared: GiveBackEvent[] = [
  { kind: 'done', result: 'SUCCESS', reference: null },
  { kind: 'refused', code: 'NOT_ENOUGH' },
  { kind: 'refused', code: 'NOT_PAID', perhapsBack: true },
];
const toRequest: GiveBackEvent[] = [
  ...shared,
  { kind: 'accepted', code: 'PROCESSING' },
  { kind: 'undecided', code: 'SYSTEM_ERROR' },
  { kind: 'noAnswer', cause: 'ECONNRESET' },
  { kind: 'notSent', cause: 'ECONNREFUSED' },
];
const toQuestion: GiveBackEvent[] = [
  ...shared,
  { kind: 'processing' },
  { kind: 'notFound' },
  { kind: 'inquiryFailed', cause: 'TIMEOUT' },
];

it.each(each)('%s: a void or refund', (_, policy: PaymentPolicy) => {
  const step = (machine: Parameters<typeof stepGiveBack>[0], event: GiveBackEvent, now_ms: number) =>
    stepGiveBack(machine, event, now_ms, policy);
  const openings = [
    openGiveBack(true, 0, policy),
    openGiveBack(false, 0, policy),
    step(openGiveBack(false, 0, policy).machine, restored, 0),
  ];
  const tooMany: string[] = [];
  for (const answers of allOf({ giveBack: toRequest, askGiveBack: toQuestion }))
    for (const opened of openings)
      if (requestsOf<(typeof opened)['machine'], GiveBackEvent>(opened, step, answers) > MOST)
        tooMany.push(told(answers));
  expect(tooMany).toEqual([]);
});

// The whole state x event table of a give-back, walked cell by cell against the hand-written literal.
import { describe, expect, test } from 'vitest';
import {
  giveBackColumns,
  giveBackName,
  giveBackRows,
  giveBackTable,
  SENT_ms,
} from '../../../test/sim/give-back-table.ts';
import { unionpayPolicy } from '../../../acquirers/unionpay/profile.ts';
import { wechatPolicy } from '../../../acquirers/wechatpay/profile.ts';
import { gatewayPolicy } from '../payment/policy.ts';
import { type GiveBackEvent, type GiveBackMachine, type GiveBackState, isGiveBackProven } from './machine.ts';
import { openGiveBack, stepGiveBack } from './transition.ts';

const NOW_ms = SENT_ms + 2000;
const keepingPolicy = { ...gatewayPolicy, refundKeepsNumber: true, refusedIsSpent: false };

function machineIn(state: GiveBackState): GiveBackMachine {
  return { state, due: isGiveBackProven(state) ? null : { at_ms: NOW_ms, after_ms: 2000 } };
}

const [head = '', ...lines] = giveBackTable.trim().split('\n');
const columns = head.trim().split(/\s+/);
const cells = new Map(
  lines.map((line) => {
    const [row = '', ...words] = line.trim().split(/\s+/);
    return [row, words] as const;
  }),
);

const pairs = giveBackRows.flatMap(([row, state]) =>
  giveBackColumns.map(([column, event]) => ({
    name: `${row} + ${column}`,
    state,
    event,
    step: stepGiveBack(machineIn(state), event, NOW_ms, keepingPolicy),
  })),
);
const moves = pairs.filter(({ step }) => step.verdict === 'moved');

describe('the table', () => {
  test('has a row for every state, a column for every event, and no ragged row', () => {
    expect([...cells.keys()]).toEqual(giveBackRows.map(([row]) => row));
    expect(columns).toEqual(giveBackColumns.map(([column]) => column));
    for (const [row, words] of cells) expect(words.length, row).toBe(columns.length);
  });

  test.each(giveBackRows)('%s', (row, state) => {
    const found = giveBackColumns.map(([, event]) => {
      const step = stepGiveBack(machineIn(state), event, NOW_ms, keepingPolicy);
      return step.verdict === 'noted' ? '·' : giveBackName(step.machine.state);
    });
    expect(found).toEqual(cells.get(row));
  });
});

describe('every move', () => {
  test('asks for what the new state needs, and for nothing else', () => {
    const asked: Record<string, string> = { sending: 'giveBack', inquiring: 'askGiveBack' };
    for (const { name, step } of moves) {
      expect(step.effects.map((effect) => effect.kind).join(), name).toBe(
        asked[step.machine.state.kind] ?? '',
      );
    }
  });

  test('plans a timer exactly while something is open, in the future and within its span', () => {
    for (const { name, step } of moves) {
      const { due, state } = step.machine;
      expect(due === null, name).toBe(isGiveBackProven(state));
      if (due === null) continue;
      expect(due.at_ms, name).toBeGreaterThanOrEqual(NOW_ms);
      expect(due.at_ms - NOW_ms, name).toBeLessThanOrEqual(due.after_ms);
    }
  });

  test('counts each sending, and forgets none while one may have arrived', () => {
    for (const { name, state, step } of moves) {
      const after = step.machine.state;
      if (after.kind === 'sending') expect(after.tries, name).toBe('tries' in state ? state.tries + 1 : 1);
      if ('tries' in state && state.tries > 1 && 'tries' in after)
        expect(after.tries, name).toBeGreaterThan(1);
    }
  });
});

test('a noted event changes nothing', () => {
  for (const { name, state, step } of pairs.filter((one) => one.step.verdict === 'noted')) {
    expect(step.machine, name).toEqual(machineIn(state));
    expect(step.effects, name).toEqual([]);
  }
});

test('begins at once when the line is up, else when it is up again', () => {
  expect(openGiveBack(true, NOW_ms, gatewayPolicy)).toMatchObject({
    machine: { state: { kind: 'sending', sentAt_ms: NOW_ms, tries: 1 } },
    effects: [{ kind: 'giveBack', count: 1 }],
  });
  expect(openGiveBack(false, NOW_ms, gatewayPolicy)).toMatchObject({
    machine: { state: { kind: 'requested', tries: 0 } },
    effects: [],
  });
});

test('asks on its schedule from the sending, then steadily and for ever', () => {
  let machine: GiveBackMachine = openGiveBack(true, 0, gatewayPolicy).machine;
  let now_ms = 100;
  machine = stepGiveBack(machine, { kind: 'accepted', code: 'PROCESSING' }, now_ms, gatewayPolicy).machine;
  const at_s: number[] = [];
  for (let count = 0; count < 9; count += 1) {
    now_ms = machine.due?.at_ms ?? NaN;
    at_s.push(now_ms / 1000);
    machine = stepGiveBack(machine, { kind: 'timer' }, now_ms, gatewayPolicy).machine;
    machine = stepGiveBack(machine, { kind: 'processing' }, now_ms, gatewayPolicy).machine;
  }
  expect(at_s).toEqual([2, 5, 10, 20, 40, 100, 160, 220, 280]);
});

// WeChat Pay's and UnionPay's are asked for again only when nothing of them is on its way: after 140 s.
test.each([
  ['the gateway', gatewayPolicy, 60_000],
  ['WeChat Pay', wechatPolicy, 140_000],
  ['UnionPay', unionpayPolicy, 600_000],
] as const)(
  'one that draws doubt and is then unknown, again and again, comes to rest at a steady pace: %s',
  (_, policy, pace_ms) => {
    let now_ms = 0;
    let { machine } = openGiveBack(true, now_ms, policy);
    const sent_ms: number[] = [];
    while (now_ms < 3_600_000) {
      const { kind } = machine.state;
      if (kind === 'unknown') now_ms = machine.due?.at_ms ?? NaN;
      const answers: Record<string, GiveBackEvent> = {
        sending: { kind: 'undecided', code: 'FREQUENCY_LIMITED' },
        inquiring: { kind: 'notFound' },
      };
      const step = stepGiveBack(machine, answers[kind] ?? { kind: 'timer' }, now_ms, policy);
      if (step.machine.state.kind === 'sending') sent_ms.push(now_ms);
      ({ machine } = step);
    }
    expect(sent_ms.length).toBeLessThan(70);
    const [before = 0, last = 0] = sent_ms.slice(-2);
    expect(last - before).toBe(pace_ms);
  },
);

// To a bank card, it is what WeChat Pay says for up to five working days.
test('one that is processing for a week is asked about some hundred times, and known within a tenth of the time', () => {
  let now_ms = 0;
  let { machine } = openGiveBack(true, now_ms, wechatPolicy);
  const asked_ms: number[] = [];
  while (now_ms < 7 * 86_400_000) {
    if (machine.state.kind === 'inquiring') asked_ms.push(now_ms);
    if (machine.state.kind === 'pending') now_ms = machine.due?.at_ms ?? NaN;
    const answers: Record<string, GiveBackEvent> = {
      sending: { kind: 'accepted', code: 'PROCESSING' },
      inquiring: { kind: 'processing' },
    };
    ({ machine } = stepGiveBack(
      machine,
      answers[machine.state.kind] ?? { kind: 'timer' },
      now_ms,
      wechatPolicy,
    ));
  }
  expect(asked_ms.length).toBeGreaterThan(150);
  expect(asked_ms.length).toBeLessThan(300);
  for (const [index, at_ms] of asked_ms.entries()) {
    const pause_ms = at_ms - (asked_ms[index - 1] ?? 0);
    expect(pause_ms).toBeLessThanOrEqual(Math.min(3_600_000, Math.max(60_000, at_ms / 10)));
  }
});

test('a wall clock set back makes no wait longer than its span', () => {
  const state: GiveBackState = { kind: 'pending', sentAt_ms: NOW_ms, tries: 1, inquiries: 0 };
  const asking = stepGiveBack(machineIn(state), { kind: 'timer' }, NOW_ms - 3_600_000, gatewayPolicy);
  const step = stepGiveBack(asking.machine, { kind: 'processing' }, NOW_ms - 3_600_000, gatewayPolicy);
  expect(step.machine.due).toEqual({ at_ms: NOW_ms - 3_600_000 + 5000, after_ms: 5000 });
});

describe('where what was refused stays refused', () => {
  test('it is not sent again under its number', () => {
    const failed = machineIn({ kind: 'failed', code: 'REFUND_EXCEEDS' });
    expect(stepGiveBack(failed, { kind: 'sendAgain' }, NOW_ms, gatewayPolicy).verdict).toBe('noted');
  });

  test('the same request goes again at once, though the last one may still be on its way', () => {
    const asked = { sentAt_ms: SENT_ms, tries: 1, inquiries: 1, from: 'unknown', flying: true } as const;
    const inquiring = machineIn({ kind: 'inquiring', ...asked });
    const step = stepGiveBack(inquiring, { kind: 'notFound' }, NOW_ms, gatewayPolicy);
    expect(step.machine.state.kind).toBe('sending');
  });
});

describe.each([
  ['WeChat Pay', wechatPolicy],
  ['UnionPay', unionpayPolicy],
])(
  'where a refused number may give back later, a request goes again only when the last one can not arrive any more: %s',
  (_name, policy) => {
    const flight_ms = policy.callTimeout_ms + policy.inFlightHorizon_ms;

    /** The acquirer knows of no such refund, whenever it is asked. */
    function sentAgainAt_ms(begun: GiveBackMachine, from_ms: number, startedAt_ms = -Infinity): number {
      let machine = begun;
      let now_ms = from_ms;
      while (machine.state.kind !== 'sending') {
        const event = { kind: machine.state.kind === 'inquiring' ? 'notFound' : 'timer' } as const;
        if (event.kind === 'timer') now_ms = machine.due?.at_ms ?? Infinity;
        ({ machine } = stepGiveBack(machine, event, now_ms, policy, startedAt_ms));
      }
      return now_ms;
    }

    test.each<[name: string, event: GiveBackEvent]>([
      ['the connection was lost', { kind: 'noAnswer', cause: 'ECONNRESET' }],
      ['nothing came in time', { kind: 'timer' }],
      ['a front has answered it, which hands it on later', { kind: 'undecided', code: 'HTTP_504' }],
      ['its answer could not be believed', { kind: 'undecided', code: 'badSignature' }],
      ['the acquirer has taken it, and then does not know it', { kind: 'accepted', code: 'PROCESSING' }],
    ])('%s', (_, event) => {
      const { machine } = stepGiveBack(openGiveBack(true, 0, policy).machine, event, 9000, policy);
      const again_ms = sentAgainAt_ms(machine, 9000);
      expect(again_ms).toBeGreaterThanOrEqual(flight_ms);
      expect(again_ms).toBeLessThanOrEqual(flight_ms + policy.callTimeout_ms);
    });

    test.each<[name: string, state: GiveBackState]>([
      ['waits', { kind: 'unknown', sentAt_ms: 0, tries: 1, inquiries: 0 }],
      ['is asked about', { kind: 'inquiring', sentAt_ms: 0, tries: 1, inquiries: 1, from: 'unknown' }],
    ])('its record is of a version that did not write down that it had no answer, and %s', (_, state) => {
      const START_ms = 20_000;
      const old = { state, due: null };
      const event = { kind: 'restarted', sent: true } as const;
      const { machine } = stepGiveBack(old, event, START_ms, policy, START_ms);
      const again_ms = sentAgainAt_ms(machine, START_ms, START_ms);
      expect(again_ms).toBeGreaterThanOrEqual(START_ms + policy.inFlightHorizon_ms);
      expect(again_ms).toBeLessThan(START_ms + flight_ms + 2 * policy.giveBackInquiryEvery_ms);
    });
  },
);

// A verdict claims what is proven and no more, for every state that a payment can be in.
import { describe, expect, test } from 'vitest';
import type { EvidenceVerdict } from '../../../contract/evidence.ts';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { variants } from '../../../test/sim/machine-variants.ts';
import { isProven } from '../payment/state.ts';
import type { Attempt } from '../till/state.ts';
import { STORY_steps } from '../till/story.ts';
import { evidenceOf } from './evidence.ts';

const open: ReadonlySet<EvidenceVerdict> = new Set([
  'beingReversed',
  'undecided',
  'waiting',
  'deferred',
  'disputed',
]);

function evidenceIn(till: TestTill, attempt: Attempt = till.newest()) {
  return evidenceOf(attempt, null, Object.values(till.state.giveBacks));
}

function scanned(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  return till;
}

function paid(): TestTill {
  const till = scanned();
  till.pay(answers.approved);
  return till;
}

test.each(variants)('$name: no verdict says more than is proven, and none less', ({ machine }) => {
  const attempt = { ...scanned().newest(), machine };
  const { verdict, proof } = evidenceOf(attempt, null, []);
  expect(open.has(verdict)).toBe(!isProven(machine.state));
  expect(proof !== null).toBe(machine.state.kind === 'approved');
});

describe('a payment that was approved', () => {
  test('is paid, with the acquirer’s own number and time', () => {
    expect(evidenceIn(paid())).toMatchObject({ verdict: 'paid', proof: { rail: 'WECHAT' }, giveBacks: [] });
  });

  test('that came too late is on its way back, and then given back', () => {
    const till = scanned();
    till.later(10_000).tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    expect(evidenceIn(till).verdict).toBe('beingReversed');
    till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
    till.pay(answers.approved);
    expect(evidenceIn(till).verdict).toBe('disputed');
    till.later(600_000).pay({ kind: 'timer' });
    till.pay(answers.approved);
    expect(evidenceIn(till)).toMatchObject({ verdict: 'goingBack', giveBacks: [{ result: 'open' }] });
    const giveBackId = Object.keys(till.state.giveBacks)[0] ?? '';
    const event = { kind: 'done', result: 'SUCCESS', reference: 'R77' } as const;
    till.tell({ kind: 'giveBack', giveBackId, event });
    expect(evidenceIn(till)).toMatchObject({
      verdict: 'givenBack',
      giveBacks: [{ result: 'done', reference: 'R77', amount_fen: 1500 }],
    });
  });

  test('whose refund was refused is owed by the shop', () => {
    const till = paid();
    const one = till.newest();
    const failed = {
      attemptId: one.attemptId,
      method: 'refund',
      paidInCash: false,
      amount_fen: 1500,
      requestNumber: 'N',
      openedAt_ms: 1,
      story: [],
      machine: { due: null, state: { kind: 'failed', code: '61' } },
    };
    const evidence = evidenceOf(one, '1', [failed as never]);
    expect(evidence).toMatchObject({ verdict: 'giveBackFailed', giveBacks: [{ result: 'failed' }] });
  });
});

test('give-backs of another payment of the sale are not told', () => {
  const till = paid();
  const other = { attemptId: 'P9', method: 'refund', machine: { state: { kind: 'failed' } } };
  expect(evidenceOf(till.newest(), '1', [other as never])).toMatchObject({ verdict: 'paid', giveBacks: [] });
});

test('a story that may have lost its middle says so', () => {
  const one = paid().newest();
  const step = { at_ms: 1, what: 'inquired' };
  const isShortened = (steps: number) =>
    evidenceOf({ ...one, story: Array.from({ length: steps }, () => step) }, null, []).isShortened;
  expect([isShortened(STORY_steps - 1), isShortened(STORY_steps)]).toEqual([false, true]);
});

test('the slip holds what was known when it was asked for, whatever comes later', () => {
  const till = scanned();
  const { attemptId } = till.newest();
  till.tell({ kind: 'evidenceAsked', attemptId, operatorId: '1' });
  till.pay(answers.approved);
  const given = till.records.findLast((one) => one.type === 'evidence.given');
  expect(given?.body).toMatchObject({ given: { operatorId: '1', evidence: { verdict: 'undecided' } } });
  expect(JSON.stringify(given?.body)).not.toContain('hmac');
});

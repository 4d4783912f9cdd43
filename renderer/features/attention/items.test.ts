import { describe, expect, it } from 'vitest';
import type { ExceptionView, UndecidedView } from '../../../contract/snapshot.ts';
import { giveBackOf } from '../../preview/found.ts';
import { canPayCash, isAsItWas, itemsOf, newerOf } from './items.ts';

const exception = (attemptId: string, at_ms: number): ExceptionView => ({
  attemptId,
  orderNumber: attemptId,
  saleId: 'S1',
  receiptNumber: null,
  amount_fen: 100,
  reason: 'E-OFF-08',
  acquirerCode: null,
  at_ms,
});

const undecided = (attemptId: string, at_ms: number): UndecidedView => ({
  attemptId,
  orderNumber: attemptId,
  receiptNumber: null,
  scheme: 'UNIONPAY',
  amount_fen: 100,
  state: 'disputed',
  reason: 'E-PAY-13',
  acquirerCode: null,
  at_ms,
});

describe('what waits for a person', () => {
  it('lists first what can be acted on, the oldest first, then what goes its own way', () => {
    const giveBacks = [
      giveBackOf({ giveBackId: 'pending', state: 'pending', openedAt_ms: 1 }),
      giveBackOf({ giveBackId: 'failed', state: 'failed', openedAt_ms: 5 }),
    ];
    const items = itemsOf([exception('new', 9), exception('old', 2)], giveBacks, [undecided('open', 0)]);
    expect(items.map(({ id }) => id)).toEqual(['old', 'failed', 'new', 'open', 'pending']);
  });

  it('offers cash only for money that is proven not given back', () => {
    const states = ['requested', 'sending', 'pending', 'unknown', 'inquiring', 'done', 'failed'] as const;
    expect(states.filter((state) => canPayCash(giveBackOf({ state })))).toEqual(['failed']);
    expect(canPayCash(giveBackOf({ state: 'failed', paidInCash: true }))).toBe(false);
  });
});

describe('what a question was asked about', () => {
  const failed = giveBackOf({ state: 'failed', unproven: false, reason: 'E-REF-03', canRetry: true });
  const itemOf = (change: Partial<typeof failed>) => itemsOf([], [{ ...failed, ...change }])[0];
  const asked = itemsOf([], [failed])[0];

  it('is another thing once it may be back, was paid, or is tried again: nobody pays it without looking', () => {
    const changes = [
      { reason: 'E-REF-06' },
      { paidInCash: true },
      { state: 'pending' },
      { isTwice: true },
    ] as const;
    expect(changes.map((change) => asked && isAsItWas(asked, itemOf(change)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(asked && isAsItWas(asked, undefined)).toBe(false);
  });

  it('is the same while only its time runs', () => {
    expect(asked && isAsItWas(asked, itemOf({ inquiries: 7, nextStepAt_ms: 9 }))).toBe(true);
    const [lost] = itemsOf([exception('lost', 9)], []);
    expect(lost && isAsItWas(lost, itemsOf([exception('lost', 9)], [])[0])).toBe(true);
  });
});

it('of a lost payment another sum is another question: a part of it was paid below it', () => {
  const [asked] = itemsOf([exception('lost', 9)], []);
  const [less] = itemsOf([{ ...exception('lost', 9), amount_fen: 60 }], []);
  expect(asked && isAsItWas(asked, less)).toBe(false);
  expect(less && isAsItWas(less, less)).toBe(true);
});

it('the list of a later moment stands, in whatever order the answers come', () => {
  const at = (sequence: number, ...ids: string[]) => ({ sequence, rows: ids.map((id) => exception(id, 1)) });
  // One was collected while another one failed: as many as before.
  expect(newerOf(at(7, 'A'), at(8, 'B'))).toEqual(at(8, 'B'));
  expect(newerOf(at(8, 'B'), at(7, 'A'))).toEqual(at(8, 'B'));
  expect(newerOf(null, at(7))).toEqual(at(7));
});

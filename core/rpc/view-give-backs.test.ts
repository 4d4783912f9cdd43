// What the manager is told of a refund: whether the money is safe, and whether cash may be paid in its place.
import { expect, it } from 'vitest';
import { backAnswers, backAt, returning } from '../../test/sim/back-kit.ts';
import { answers, codeScan, TestTill } from '../../test/sim/till-kit.ts';
import type { GiveBackEvent } from '../domain/giveback/machine.ts';
import { giveBackView } from './view-give-backs.ts';

/** A whole sale by a wallet, coming back by a refund: its void was refused. */
function refunding(...events: GiveBackEvent[]) {
  const till = TestTill.tendering(8741);
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const all = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const decided = { operatorId: '1', approverId: '9', reason: 'faulty' };
  till.tell({ kind: 'returnOpened', saleId, lines: all, ...decided });
  for (const event of [{ kind: 'refused', code: 'CUTOFF_PASSED' } as const, ...events]) {
    const giveBackId = Object.keys(till.state.giveBacks).at(-1) ?? '';
    if (event.kind === 'officeSaysNot') till.later(24 * 3600_000);
    till.tell({ kind: 'giveBack', giveBackId, event });
  }
  const newest = Object.values(till.state.giveBacks).at(-1);
  if (newest?.method !== 'refund') throw new Error('no refund');
  return giveBackView(newest, null);
}

it('a refusal that proves that the money did not go back offers cash', () => {
  expect(refunding({ kind: 'refused', code: 'NOT_ENOUGH' })).toMatchObject({
    state: 'failed',
    reason: 'E-REF-03',
  });
});

it('one that may come because the money is back already claims nothing of it', () => {
  const event = { kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true } as const;
  expect(refunding(event)).toMatchObject({ state: 'failed', reason: 'E-REF-06' });
});

it('a refund that the customer’s account does not take is no mere waiting, and has an end when it has one', () => {
  const stuck = [
    { kind: 'accepted', code: 'PROCESSING' },
    { kind: 'timer' },
    { kind: 'inquiryFailed', cause: 'ABNORMAL' },
  ] as const;
  expect(refunding(...stuck)).toMatchObject({ unproven: true, reason: 'E-REF-07' });
  const done = { kind: 'done', result: 'REFUNDED', reference: null } as const;
  expect(refunding(...stuck, done)).toMatchObject({ unproven: false, reason: null });
});

it.each([[[]], [[{ kind: 'timer' }, { kind: 'inquiryFailed', cause: 'ECONNRESET' }]]] as const)(
  'one that was stuck, and is not back by the word of the office: no other try, and the text offers none',
  (more) => {
    const stuck = [
      { kind: 'accepted', code: 'PROCESSING' },
      { kind: 'timer' },
      { kind: 'inquiryFailed', cause: 'ABNORMAL' },
      ...more,
      { kind: 'officeSaysNot' },
    ] as const;
    expect(refunding(...stuck)).toMatchObject({ state: 'failed', reason: 'E-REF-10', canRetry: false });
  },
);

it('one that the office has denied a moment after its sending is said to be asked a last time', () => {
  const till = returning(1, backAnswers.lost);
  const { giveBackId } = backAt(till);
  till.tell({ kind: 'giveBack', giveBackId, event: { kind: 'officeSaysNot' } });
  expect(giveBackView(backAt(till), null)).toMatchObject({
    unproven: true,
    reason: 'E-REF-11',
    canRetry: false,
  });
});

it('one that was stuck, and that the wire then refuses, may be tried again', () => {
  const refused = { kind: 'refused', code: 'CLOSED' } as const;
  const stuck = [{ kind: 'accepted', code: 'PROCESSING' }, { kind: 'timer' }] as const;
  expect(refunding(...stuck, { kind: 'inquiryFailed', cause: 'ABNORMAL' }, refused)).toMatchObject({
    reason: 'E-REF-03',
    canRetry: true,
  });
});

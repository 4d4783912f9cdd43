import { describe, expect, it } from 'vitest';
import type { ExceptionView, UndecidedView } from '../../../contract/snapshot.ts';
import { giveBackOf } from '../../preview/found.ts';
import { canPayCash, itemsOf } from './items.ts';

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

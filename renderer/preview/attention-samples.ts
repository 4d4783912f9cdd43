// Sample pictures of the money that is to be settled: refunds and payments that wait for a person.
import { giveBackOf } from './found.ts';
import { type Sample, screen } from './sample.ts';

const manager = { id: 'wang', name: '王店长', role: 'manager' } as const;
export const refunds = [
  giveBackOf({}),
  giveBackOf({
    giveBackId: 'G2',
    state: 'failed',
    unproven: false,
    reason: 'E-REF-03',
    acquirerCode: 'NOT_ENOUGH',
    nextStepAt_ms: null,
    canRetry: true,
  }),
];
/** Paid in cash after the office's word, and refunded all the same. */
export const twice = giveBackOf({
  giveBackId: 'G5',
  state: 'done',
  unproven: false,
  reason: 'E-REF-08',
  nextStepAt_ms: null,
  paidInCash: true,
  isTwice: true,
});
/** Refused where it may be back already, and stuck at the acquirer. */
const doubtfulRefunds = [
  giveBackOf({
    giveBackId: 'G3',
    state: 'failed',
    unproven: false,
    reason: 'E-REF-06',
    acquirerCode: 'ORDER_NOT_PAID',
    nextStepAt_ms: null,
  }),
  giveBackOf({
    giveBackId: 'G4',
    state: 'pending',
    reason: 'E-REF-07',
    acquirerCode: 'ABNORMAL',
    amount_fen: 128_450,
    inquiries: 14,
  }),
];

export const attentionSamples: Record<string, Sample> = {
  attention: { ...screen({ exceptionCount: 3, giveBacks: refunds }), keys: ['F8'] },
  attentionAgain: {
    ...screen({ sale: null, operator: manager, exceptionCount: 3, giveBacks: refunds }),
    keys: ['F8', 'ArrowDown', 'ArrowDown', 'F2'],
  },
  attentionTwice: {
    ...screen({ sale: null, operator: manager, giveBacks: [...refunds, twice] }),
    keys: ['F8', 'ArrowDown', 'ArrowDown', 'ArrowDown'],
  },
  attentionRefund: {
    ...screen({ exceptionCount: 3, giveBacks: refunds }),
    keys: ['F8', 'ArrowDown', 'ArrowDown', 'ArrowDown'],
  },
  attentionPerhapsBack: {
    ...screen({ operator: manager, exceptionCount: 0, giveBacks: doubtfulRefunds }),
    keys: ['F8', 'ArrowDown', 'ArrowDown'],
  },
  attentionFoundBack: {
    ...screen({ operator: manager, exceptionCount: 0, giveBacks: doubtfulRefunds }),
    keys: ['F8', 'ArrowDown', 'ArrowDown', 'F3'],
  },
  attentionStuck: {
    ...screen({ operator: manager, exceptionCount: 0, giveBacks: doubtfulRefunds }),
    keys: ['F8', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown'],
  },
  writeOffOtherSum: {
    ...screen({ operator: manager, exceptionCount: 3 }),
    keys: ['F8', 'F3', '1'],
    refuses: { 'exception.writeOff': 'E-OFF-15' },
  },
  writeOff: { ...screen({ exceptionCount: 3 }), keys: ['F8', 'F3'] },
};

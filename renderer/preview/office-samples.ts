// Sample pictures of what the acquirer's office is asked about: refunds in doubt, payments without a result.
import type { UndecidedView } from '../../contract/snapshot.ts';
import { giveBackOf } from './found.ts';
import { NOW_ms } from './goods.ts';
import { type Sample, screen } from './sample.ts';

const disputed: UndecidedView = {
  attemptId: 'A7',
  orderNumber: '20260002020010000071C2D3',
  receiptNumber: null,
  scheme: 'UNIONPAY',
  amount_fen: 12_870,
  state: 'disputed',
  reason: 'E-PAY-13',
  acquirerCode: null,
  at_ms: NOW_ms - 8 * 86_400_000,
};
const inDoubt = giveBackOf({
  state: 'inquiring',
  reason: 'E-REF-02',
  openedAt_ms: NOW_ms - 5 * 86_400_000,
  inquiries: 96,
  hearsOffice: true,
});
const manager = { id: 'wang', name: '王店长', role: 'manager' } as const;
const shown = (keys: string[]): Sample => ({
  ...screen({ sale: null, operator: manager, exceptionCount: 0, giveBacks: [inDoubt] }),
  keys: ['F8', ...keys],
  answers: { 'exceptions.list': [], 'undecided.list': [disputed] },
});

export const officeSamples: Record<string, Sample> = {
  attentionUndecided: shown([]),
  attentionOfficeKept: shown(['F4']),
  attentionInDoubt: shown(['ArrowDown']),
  attentionOfficeBack: shown(['ArrowDown', 'F2']),
  attentionOfficeNotBack: shown(['ArrowDown', 'F4']),
};

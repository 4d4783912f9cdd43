// Totals of a batch in words.
import type { BatchTotals } from '../../acquirers/gateway/batch.ts';
import { yuanText } from '../../core/domain/money.ts';

export function totalsText({ PAY, VOID, REFUND }: BatchTotals): string {
  const text = (name: string, { count, total_fen }: BatchTotals['PAY']) =>
    `${name} ${count} of ${yuanText(total_fen)}`;
  return [text('payments', PAY), text('voids', VOID), text('refunds', REFUND)].join('; ');
}

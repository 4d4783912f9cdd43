// Which payment of a sale the cashier works on, and what is asked about it before a key takes effect. Pure.
import type { PaymentStateKind, PaymentView, SaleView } from '../../../contract/snapshot.ts';

/** Past the one-way door, as the core's `isLeaving`: cash changes nothing for them. */
const leaving: ReadonlySet<PaymentStateKind> = new Set(['reversing', 'closing', 'disputed']);

/** In the way of another scan: unproven, and no queued payment. */
function isBlocking({ unproven, deferred }: PaymentView): boolean {
  return unproven && !deferred;
}

/** Not proven, or a code of ours that may be paid: cash beside it gives it up. */
function isInDoubt(payment: PaymentView): boolean {
  return isBlocking(payment) && !leaving.has(payment.state);
}

/** No other code may be scanned beside it. */
export function isBlocked(sale: SaleView): boolean {
  return sale.payments.some(isBlocking);
}

/** Queued, and sent now that the line is up: it goes its own way, and what else is due is paid beside it. */
export function isForwarded({ deferred, unproven, state }: PaymentView): boolean {
  return deferred && unproven && state !== 'queued';
}

/** Mostly the last one. But an earlier one may come to be in doubt again: declined, then charged after all. */
export function paymentAtHand({ payments }: SaleView): PaymentView | undefined {
  return (
    payments.findLast(isInDoubt) ??
    payments.findLast(isBlocking) ??
    payments.findLast((one) => !isForwarded(one)) ??
    payments.at(-1)
  );
}

type Question = 'giveUp' | 'cancel' | 'cash';

export type Asked = { kind: 'giveUp' | 'cash'; payment: PaymentView } | { kind: 'cancel' };

/** What has to be asked now before this is done; null: nothing has. */
export function askedFirst(sale: SaleView, question: Question): Asked | null {
  if (question === 'cancel') return sale.canCancel ? { kind: 'cancel' } : null;
  const payment = sale.payments.findLast(isInDoubt);
  if (payment === undefined || (question === 'cash' && !sale.canPayCash)) return null;
  return { kind: question, payment };
}

const aboutOf = (asked: Asked): string | null => (asked.kind === 'cancel' ? null : asked.payment.attemptId);

/** What is asked, as it stands now; null once it is not possible any more, or would be about another payment. */
export function stillAsked(sale: SaleView, asked: Asked | null): Asked | null {
  const now = asked && askedFirst(sale, asked.kind);
  return asked && now && aboutOf(now) === aboutOf(asked) ? now : null;
}

// Wallet payments of this sale that are on their way to be reversed: cash is taken, and this is not hidden by it.
import { useWords } from '../../i18n/index.ts';
import type { SaleView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';

/** While paying a payment in doubt will be reversed; once cash was taken it is being reversed. */
export function FirstReversed({ sale }: { sale: SaleView }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const open = sale.payments.filter((payment) => payment.unproven && !payment.deferred);
  return open.map((payment) => {
    const words = { scheme: schemeName(payment.scheme), amount: formatYuan(payment.amount_fen) };
    const isReversing = payment.state === 'reversing';
    return (
      <StateCard
        key={payment.attemptId}
        tone="wait"
        mark="back"
        title={isReversing ? t('cash.reversingTitle', words) : t('cash.willReverseTitle', words)}
        lines={[isReversing ? t('cash.reversingBody') : t('cash.willReverseBody')]}
        {...(isReversing ? { subject: t('tender.order', { number: payment.orderNumber }) } : {})}
        code={isReversing ? 'E-PAY-11' : null}
        isSmall
      />
    );
  });
}

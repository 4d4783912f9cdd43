// Wallet payments of this sale that are on their way to be reversed, codes of ours to be closed, and what is disputed: cash is taken,
// and this is not hidden by it.
import { useWords } from '../../i18n/index.ts';
import type { PaymentView, SaleView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';

type Leaving = {
  title: string;
  body: string;
  isUnderWay: boolean;
  code: 'E-PAY-11' | 'E-PAY-13' | 'E-PAY-20';
};

const marks = { 'E-PAY-11': 'back', 'E-PAY-13': 'alert', 'E-PAY-20': 'code' } as const;

function useLeavingWords({ state }: SaleView): (payment: PaymentView) => Leaving {
  const t = useWords();
  const schemeName = useSchemeName();
  return (payment) => {
    const words = { scheme: schemeName(payment.scheme), amount: formatYuan(payment.amount_fen) };
    if (payment.state === 'closing') {
      const title = t('code.closingTitle', words);
      return { title, body: t('code.closingBody'), isUnderWay: true, code: 'E-PAY-20' };
    }
    if (payment.state === 'presenting') {
      const title = t('code.willCloseTitle', words);
      return { title, body: t('code.willCloseBody'), isUnderWay: false, code: 'E-PAY-20' };
    }
    if (payment.state === 'disputed') {
      const title = t('cash.disputedTitle', words);
      return { title, body: t('cash.disputedBody'), isUnderWay: true, code: 'E-PAY-13' };
    }
    // Found charged beside other money it goes back: of a sold sale nothing else is asked about.
    const isUnderWay =
      payment.state === 'reversing' || (payment.state === 'inquiring' && state === 'completed');
    const word = isUnderWay ? 'reversing' : 'willReverse';
    return {
      title: t(`cash.${word}Title`, words),
      body: t(`cash.${word}Body`),
      isUnderWay,
      code: 'E-PAY-11',
    };
  };
}

/** While paying a payment in doubt will be reversed; once cash was taken it is being reversed. Disputed it stays. */
export function FirstReversed({ sale }: { sale: SaleView }) {
  const t = useWords();
  const leavingWords = useLeavingWords(sale);
  const open = sale.payments.filter((payment) => payment.unproven && !payment.deferred);
  return open.map((payment) => {
    const { title, body, isUnderWay, code } = leavingWords(payment);
    return (
      <StateCard
        key={payment.attemptId}
        tone="wait"
        mark={marks[code]}
        title={title}
        lines={[body]}
        {...(isUnderWay ? { subject: t('tender.order', { number: payment.orderNumber }) } : {})}
        code={isUnderWay ? code : null}
        isSmall
      />
    );
  });
}

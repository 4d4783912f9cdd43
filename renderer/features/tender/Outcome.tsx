// How a sale ended, in one card: paid, waiting offline, being dropped or stuck in it, dropped, returned.
import { useWords } from '../../i18n/index.ts';
import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/snapshot.ts';
import type { Mark, Tone } from '../../ui/Glyph.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { tookNothing } from './collecting.ts';
import { PaymentCard } from './PaymentCard.tsx';

type Ending = 'pending' | 'cancelling' | 'stuck' | 'returned' | 'givenBack' | 'nothing';

const looks: Record<Ending, { tone: Tone; mark: Mark }> = {
  pending: { tone: 'off', mark: 'clock' },
  cancelling: { tone: 'wait', mark: 'back' },
  stuck: { tone: 'no', mark: 'alert' },
  returned: { tone: 'info', mark: 'back' },
  givenBack: { tone: 'info', mark: 'back' },
  nothing: { tone: 'info', mark: 'tick' },
};

/** Nothing of what is not back goes on by itself: refunds have failed, or the customer's account takes none. */
function isStuck({ payments, giveBacks }: SaleView): boolean {
  const isUnderWay =
    payments.some(({ unproven }) => unproven) ||
    giveBacks.some(({ unproven, reason }) => unproven && reason !== 'E-REF-07');
  return !isUnderWay && giveBacks.some(({ state, paidInCash }) => state !== 'done' && !paidInCash);
}

function endingOf(sale: SaleView): Ending {
  switch (sale.state) {
    case 'completedPending':
      return 'pending';
    case 'cancelling':
      return isStuck(sale) ? 'stuck' : 'cancelling';
    case 'returned':
      return sale.state;
    default: {
      const wasGivenBack = sale.payments.some((one) => one.state === 'reversed' || one.state === 'voided');
      return wasGivenBack || sale.giveBacks.length > 0 ? 'givenBack' : 'nothing';
    }
  }
}

/** Its payment took nothing, and a manager has dealt with that: its own card would still send for one. */
function isLoss({ writtenOff_fen }: SaleView, payment: SaleView['payments'][number]): boolean {
  return writtenOff_fen > 0 && tookNothing(payment);
}

function WrittenOff() {
  const t = useWords();
  const lines = [t('result.writtenOffBody')];
  return <StateCard tone="info" mark="tick" title={t('result.writtenOffTitle')} lines={lines} />;
}

export function Outcome({ sale }: { sale: SaleView }): ReactNode {
  const t = useWords();
  const walletName = useWalletName();
  const payment = sale.payments.at(-1);
  if (sale.state === 'completed') {
    // With cash the change says it, and a wallet payment given up for it has its own card.
    if (payment === undefined || sale.cash !== null) return null;
    return isLoss(sale, payment) ? <WrittenOff /> : <PaymentCard payment={payment} />;
  }
  const ending = endingOf(sale);
  // The refund that failed stands below, with its wallet: what to do about it must be seen with it.
  const isStuckCard = ending === 'stuck';
  const isAboutWallet = payment !== undefined && ending !== 'nothing' && !isStuckCard;
  return (
    <StateCard
      {...looks[ending]}
      title={t(`result.${ending}Title`)}
      lines={[<b key="b">{t(`result.${ending}Body`)}</b>]}
      {...(isAboutWallet ? { subject: walletName(payment) } : {})}
      isSmall={isStuckCard}
    />
  );
}

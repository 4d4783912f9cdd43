// How a sale ended, in one card: paid, waiting offline, being dropped, dropped, returned.
import { useWords } from '../../i18n/index.ts';
import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/snapshot.ts';
import type { Mark, Tone } from '../../ui/Glyph.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { PaymentCard } from './PaymentCard.tsx';

type Ending = 'pending' | 'cancelling' | 'returned' | 'givenBack' | 'nothing';

const looks: Record<Ending, { tone: Tone; mark: Mark }> = {
  pending: { tone: 'off', mark: 'clock' },
  cancelling: { tone: 'wait', mark: 'back' },
  returned: { tone: 'info', mark: 'back' },
  givenBack: { tone: 'info', mark: 'back' },
  nothing: { tone: 'info', mark: 'tick' },
};

function endingOf(sale: SaleView): Ending {
  switch (sale.state) {
    case 'completedPending':
      return 'pending';
    case 'cancelling':
    case 'returned':
      return sale.state;
    default: {
      const wasGivenBack = sale.payments.some((one) => one.state === 'reversed' || one.state === 'voided');
      return wasGivenBack || sale.giveBacks.length > 0 ? 'givenBack' : 'nothing';
    }
  }
}

export function Outcome({ sale }: { sale: SaleView }): ReactNode {
  const t = useWords();
  const walletName = useWalletName();
  const payment = sale.payments.at(-1);
  if (sale.state === 'completed') {
    // With cash the change says it, and a wallet payment given up for it has its own card.
    return payment && sale.cash === null ? <PaymentCard payment={payment} /> : null;
  }
  const ending = endingOf(sale);
  const isAboutWallet = payment !== undefined && ending !== 'nothing';
  return (
    <StateCard
      {...looks[ending]}
      title={t(`result.${ending}Title`)}
      lines={[<b key="b">{t(`result.${ending}Body`)}</b>]}
      {...(isAboutWallet ? { subject: walletName(payment) } : {})}
    />
  );
}

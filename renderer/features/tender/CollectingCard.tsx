// The goods have left or are about to, and the offline payment for them has failed: nobody may take it for paid.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { PaymentView, SaleView } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { lostAtHand, newestLost } from './collecting.ts';

/** In the place of the payment's own card. */
export function CollectingCard({ lost }: { lost: PaymentView }) {
  const t = useWords();
  const walletName = useWalletName();
  return (
    <StateCard
      tone="no"
      mark="alert"
      title={t('collect.title')}
      lines={[<b key="body">{t('collect.body')}</b>]}
      subject={walletName(lost)}
      code={lost.reason}
      isSmall
    />
  );
}

/** Below the goods: why it failed, and what becomes of goods that stay here. Beside the card of another payment it says all. */
export function CollectingWords({ sale }: { sale: SaleView }) {
  const t = useWords();
  const language = useLanguage();
  const reason = newestLost(sale)?.reason ?? null;
  const why = reason === null ? '' : `${errorTexts[language][reason].what} · `;
  const words = `${why}${t('collect.kept')}`;
  if (lostAtHand(sale) !== null) return <p className="text-[1.125rem] text-ink-2">{words}</p>;
  return <StateCard tone="no" mark="alert" title={t('collect.title')} lines={[words]} isSmall />;
}

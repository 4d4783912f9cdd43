// What adds up to what: till, each kind of difference, what the acquirer kept, and the bill. Nothing is left over.
import type { BillComparison } from '../../../contract/reconciliation.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';

export function Sums({ comparison }: { comparison: BillComparison }) {
  const t = useWords();
  const language = useLanguage();
  const { till_fen, classes, kept_fen, payout_fen, agreed } = comparison;
  const explained_fen = classes.reduce((sum, one) => sum + one.effect_fen, till_fen) - kept_fen;
  const facts: Fact[] = [
    { label: t('reconcile.till'), value: formatYuan(till_fen) },
    ...classes
      .filter(({ effect_fen }) => effect_fen !== 0)
      .map(
        ({ name, count, effect_fen }): Fact => ({
          label: name[language],
          value: formatYuan(effect_fen),
          note: `× ${count}`,
        }),
      ),
    { label: t('reconcile.kept'), value: formatYuan(0 - kept_fen) },
    { label: t('reconcile.payout'), value: formatYuan(payout_fen), isStrong: true },
    { label: t('reconcile.unexplained'), value: formatYuan(payout_fen - explained_fen) },
  ];
  return (
    <>
      <Facts facts={facts} size="text-[1.125rem]" />
      <p className="text-[1.125rem] text-ink-2">{t('reconcile.agreed', { count: agreed })}</p>
    </>
  );
}

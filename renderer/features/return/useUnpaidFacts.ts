// Where the goods' worth and what goes back differ: both, and the difference in words.
import type { ReturnMoney } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import type { Fact } from '../../ui/Facts.tsx';

export function useUnpaidFacts(): (money: ReturnMoney | null) => Fact[] {
  const t = useWords();
  return (money) => {
    if (money === null || money.unpaid_fen === 0) return [];
    // Below zero: a payment that came late makes up for an earlier return.
    const difference = money.unpaid_fen > 0 ? t('return.unpaid') : t('return.owedBefore');
    return [
      { label: t('return.worth'), value: formatYuan(money.worth_fen) },
      { label: difference, value: formatYuan(-money.unpaid_fen) },
    ];
  };
}

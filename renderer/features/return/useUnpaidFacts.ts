// Where the goods' worth and what goes back differ: both, and the difference in words.
import type { ReturnMoney } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import type { Fact } from '../../ui/Facts.tsx';

export function useUnpaidFacts(): (money: ReturnMoney | null) => Fact[] {
  const t = useWords();
  return (money) => {
    if (money === null || money.unpaid_fen === 0) return [];
    const { worth_fen, doubt_fen, wasReversed } = money;
    const rest_fen = money.unpaid_fen - doubt_fen;
    // Below zero: a payment that came late makes up for an earlier return.
    const notGiven = wasReversed ? t('return.notHere') : t('return.unpaid');
    const rest = rest_fen > 0 ? notGiven : t('return.owedBefore');
    return [
      { label: t('return.worth'), value: formatYuan(worth_fen) },
      ...(doubt_fen === 0 ? [] : [{ label: t('return.doubt'), value: formatYuan(-doubt_fen) }]),
      ...(rest_fen === 0 ? [] : [{ label: rest, value: formatYuan(-rest_fen) }]),
    ];
  };
}

// Nothing on the receipt says which till printed it: the person compares what tells the receipts of two tills apart.
import type { SaleFound } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { formatTime, formatYuan, shopDate } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';

export function ComparePaper({ found }: { found: SaleFound }) {
  const t = useWords();
  const { completedAt_ms, paper } = found;
  const facts = [
    [t('return.compareTime'), `${shopDate(completedAt_ms)} ${formatTime(completedAt_ms)}`],
    [t('return.compareTerminal'), paper.terminalCode],
    [t('return.compareTotal'), formatYuan(paper.total_fen)],
  ] as const;
  const row = (
    <span className="flex flex-wrap justify-between gap-x-4">
      {facts.map(([label, value]) => (
        <span key={label}>
          {label} <b className="digits text-[1.375rem]">{value}</b>
        </span>
      ))}
    </span>
  );
  return (
    <StateCard
      tone="wait"
      mark="alert"
      title={t('return.compareTitle')}
      lines={[row, t('return.compareBody')]}
      isSmall
    />
  );
}

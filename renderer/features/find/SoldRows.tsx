// Sold sales, newest first: when, which receipt, how it was paid, how much. One is chosen.
import type { SoldRow } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { formatDay, formatFen, formatYuan } from '../../lib/format.ts';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { ListRow } from '../../ui/ListRow.tsx';

type Props = { rows: readonly SoldRow[]; chosen: number; choose: (index: number) => void };

/** The sum of each part stands only where there are several. */
function useTenders(): (row: SoldRow) => string {
  const t = useWords();
  const schemeName = useSchemeName();
  return ({ tenders }) => {
    const nameOf = (scheme: string | null) => (scheme === null ? t('tender.cash') : schemeName(scheme));
    const [only] = tenders;
    if (tenders.length === 1 && only !== undefined) return nameOf(only.scheme);
    return tenders.map(({ scheme, amount_fen }) => `${nameOf(scheme)} ${formatFen(amount_fen)}`).join(' + ');
  };
}

export function SoldRows({ rows, chosen, choose }: Props) {
  const t = useWords();
  const tendersOf = useTenders();
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
      {rows.map((row, index) => (
        <ListRow
          key={row.saleId}
          isChosen={index === chosen}
          onClick={() => choose(index)}
          className="grid-cols-[8rem_6.5rem_minmax(0,1fr)_auto] items-center gap-3 px-3"
        >
          <span className="digits text-[1.25rem]">{formatDay(row.completedAt_ms)}</span>
          <span className="digits text-[1.125rem] text-ink-2">{row.receiptNumber}</span>
          <span className="min-w-0 truncate text-[1.25rem]">
            {row.state === 'returned' ? `${t('return.nothingLeft')} · ` : ''}
            {tendersOf(row)}
          </span>
          <span className="digits text-[1.375rem] font-bold">{formatYuan(row.total_fen)}</span>
        </ListRow>
      ))}
    </ul>
  );
}

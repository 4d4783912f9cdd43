// The goods of a sale that can't be changed now: in the tender step and after it.
import { useWords } from '../i18n/index.ts';
import type { SaleView } from '../../contract/snapshot.ts';
import { formatFen } from '../lib/format.ts';
import { LineName, UnitPrice } from './LineText.tsx';

export function LineTable({ sale }: { sale: SaleView }) {
  const t = useWords();
  const columns = 'grid grid-cols-[minmax(0,1fr)_5rem_9rem_9rem] items-center gap-2 px-4';
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className={`${columns} shrink-0 border-b-2 border-line py-2 text-[1rem] text-ink-2`}>
        <span>{t('sell.name')}</span>
        <span className="text-right">{t('sell.quantity')}</span>
        <span className="text-right">{t('sell.price')}</span>
        <span className="text-right">{t('sell.amount')}</span>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {sale.lines.map((line) => (
          <li key={line.lineId} className={`${columns} min-h-[4rem] border-b border-line py-1.5`}>
            <LineName line={line} />
            <span className="digits text-right text-[1.375rem]">{line.quantity}</span>
            <span className="text-right">
              <UnitPrice line={line} />
            </span>
            <span className="digits text-right text-[1.375rem]">{formatFen(line.amount_fen)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

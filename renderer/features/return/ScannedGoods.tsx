// Goods scanned during a return go into a sale, as everywhere. It lies unseen behind this screen, and nobody has paid it.
import { useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { useScreenState } from '../../lib/till.tsx';
import { StateCard } from '../../ui/StateCard.tsx';

export function ScannedGoods() {
  const t = useWords();
  const sale = useScreenState().snapshot?.sale ?? null;
  if (sale?.state !== 'open' || sale.lines.length === 0) return null;
  const words = { count: sale.itemCount, amount: formatYuan(sale.total_fen) };
  return (
    <StateCard
      tone="wait"
      mark="alert"
      title={t('return.scannedTitle', words)}
      lines={[t('return.scannedBody')]}
      isSmall
    />
  );
}

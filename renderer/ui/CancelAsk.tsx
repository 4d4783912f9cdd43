// Before a whole sale is dropped. What was already paid of it goes back first, and that is said before the key is pressed.
import { useWords } from '../i18n/index.ts';
import type { SaleView } from '../../contract/snapshot.ts';
import { formatYuan } from '../lib/format.ts';
import { useTill } from '../lib/till.tsx';
import { Ask } from './Ask.tsx';

export function CancelAsk({ sale, close }: { sale: SaleView; close: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const paid_fen = sale.total_fen - sale.due_fen;
  return (
    <Ask
      title={t('confirm.cancelTitle')}
      body={
        <>
          <p>{t('confirm.cancelBody', { count: sale.itemCount, amount: formatYuan(sale.total_fen) })}</p>
          {sale.payments.some(({ unproven, deferred }) => unproven && !deferred) ? (
            <p className="font-bold">{t('confirm.cancelLeaving')}</p>
          ) : null}
          {paid_fen > 0 ? (
            <p className="font-bold">{t('confirm.cancelPaid', { amount: formatYuan(paid_fen) })}</p>
          ) : null}
        </>
      }
      safe={t('confirm.keep')}
      other={t('confirm.cancelYes')}
      otherKey="F9"
      onSafe={close}
      onOther={() => {
        close();
        void send('sale.cancel', {});
      }}
    />
  );
}

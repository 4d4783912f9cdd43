// Selling: the goods so far, what is due, and the key that starts the payment.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { Amount } from '../../ui/Amount.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Key } from '../../ui/Key.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { EmptySale } from './EmptySale.tsx';
import { FindGoods } from './FindGoods.tsx';
import { LineEditor } from './LineEditor.tsx';

function SellKeys({
  sale,
  onFind,
  onCancel,
}: {
  sale: SaleView | null;
  onFind: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { send } = useTill();
  return (
    <>
      <Key
        look="main"
        className="col-span-2"
        label={t('sell.tender')}
        note={t('sell.tenderNote')}
        shortcut="Enter"
        isDisabled={sale?.canTender !== true}
        onPress={() => void send('sale.tender', {})}
      />
      <Key label={t('sell.find')} note={t('sell.findNote')} shortcut="F2" onPress={onFind} />
      <Key
        look="danger"
        label={t('sell.cancel')}
        shortcut="F9"
        isDisabled={sale?.canCancel !== true}
        onPress={onCancel}
      />
    </>
  );
}

export function SellScreen({ sale }: { sale: SaleView | null }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const [finding, setFinding] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  useKeys({ digit: (digit) => setFinding(digit) });

  if (finding !== null) return <FindGoods start={finding} onClose={() => setFinding(null)} />;
  const hasLines = sale !== null && sale.lines.length > 0;
  return (
    <>
      <TwoColumns
        left={hasLines ? <LineEditor sale={sale} /> : <EmptySale />}
        right={
          <Amount label={t('sell.due', { count: sale?.itemCount ?? 0 })} amount_fen={sale?.due_fen ?? 0} />
        }
        keys={<SellKeys sale={sale} onFind={() => setFinding('')} onCancel={() => setAsking(true)} />}
      />
      {isAsking && sale !== null ? (
        <Ask
          title={t('confirm.cancelTitle')}
          body={t('confirm.cancelBody', { count: sale.itemCount, amount: formatYuan(sale.total_fen) })}
          safe={t('confirm.keep')}
          other={t('confirm.cancelYes')}
          otherKey="F9"
          onSafe={() => setAsking(false)}
          onOther={() => {
            setAsking(false);
            void send('sale.cancel', {});
          }}
        />
      ) : null}
    </>
  );
}

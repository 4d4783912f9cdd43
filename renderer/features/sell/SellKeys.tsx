// What can be done with an open sale, or with none.
import { useWords } from '../../i18n/index.ts';
import type { SaleView } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';

type Props = {
  sale: SaleView | null;
  parkedCount: number;
  onFind: () => void;
  onRecall: () => void;
  onMenu: () => void;
  onCancel: () => void;
};

/** One key for both: with goods it parks them, without it brings some back. */
function ParkKey({ sale, parkedCount, onRecall }: Pick<Props, 'sale' | 'parkedCount' | 'onRecall'>) {
  const t = useWords();
  const { send } = useTill();
  const count = t('parked.count', { count: parkedCount });
  if (sale !== null && sale.lines.length > 0) {
    return (
      <Key
        label={t('parked.park')}
        note={parkedCount > 0 ? count : t('parked.parkNote')}
        shortcut="F3"
        isDisabled={!sale.canPark}
        onPress={() => void send('sale.park', {})}
      />
    );
  }
  return (
    <Key
      label={t('parked.recall')}
      note={count}
      shortcut="F3"
      isDisabled={parkedCount === 0}
      onPress={onRecall}
    />
  );
}

export function SellKeys(props: Props) {
  const { sale, onFind, onMenu, onCancel } = props;
  const t = useWords();
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
      <Key label={t('menu.more')} note={t('menu.moreNote')} shortcut="F6" onPress={onMenu} />
      <ParkKey {...props} />
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

// No shift is open: the drawer's float is counted and said before anything can be sold.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { DrawerCard, DrawerKey, isDrawerShut } from '../../ui/DrawerCard.tsx';
import { Key } from '../../ui/Key.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';

export function ShiftOpenScreen({ snapshot, onMenu }: { snapshot: Snapshot; onMenu: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const amount = useAmount();
  const [isBusy, setBusy] = useState(false);
  const { amount_fen } = amount;
  const open = async () => {
    if (amount_fen === null) return;
    setBusy(true);
    await send('shift.open', { float_fen: amount_fen });
    setBusy(false);
  };
  const parked = snapshot.parked.length;
  return (
    <TwoColumns
      left={
        <Page title={t('shift.openTitle')} body={t('shift.openBody')}>
          <AmountField label={t('shift.float')} text={amount.text} />
          <p className="text-[1.125rem] text-ink-2">{t('shift.openHint')}</p>
          {parked > 0 ? <p className="text-[1.25rem]">{t('shift.openParked', { count: parked })}</p> : null}
          <DrawerCard drawer={snapshot.drawer} />
          <div className="mt-auto grid grid-cols-2 gap-2.5">
            {isDrawerShut(snapshot.drawer) ? <DrawerKey /> : null}
            <Key label={t('menu.more')} note={t('menu.moreClosed')} shortcut="F6" onPress={onMenu} />
          </div>
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          {...amount.pad}
          onBack={null}
          main={{
            label: t('shift.open'),
            shortcut: 'Enter',
            isDisabled: amount_fen === null || isBusy,
            onPress: () => void open(),
          }}
        />
      }
    />
  );
}

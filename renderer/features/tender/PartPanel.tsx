// A part of the sum by the next payment code: wallets first and to the fen, the rest by another wallet or in cash.
import { useWords } from '../../i18n/index.ts';
import type { SaleView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Key } from '../../ui/Key.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';

export function PartPanel({ sale, onClose }: { sale: SaleView; onClose: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const amount = useAmount();
  const part_fen = amount.amount_fen ?? 0;
  const set = async (amount_fen: number | null) => {
    const reply = await send('tender.walletPart', { amount_fen });
    if (reply.ok) onClose();
  };
  const rest_fen = Math.max(0, sale.due_fen - part_fen);
  return (
    <TwoColumns
      left={
        <Page title={t('part.title')} body={t('part.body')}>
          <AmountField label={t('part.now')} text={amount.text} />
          <Facts
            size="text-[1.625rem]"
            facts={[
              { label: t('tender.due'), value: formatYuan(sale.due_fen) },
              { label: t('part.now'), value: formatYuan(-part_fen) },
              { label: t('part.rest'), value: formatYuan(rest_fen), isStrong: true },
            ]}
          />
          <div className="grid grid-cols-2">
            <Key
              label={t('part.all')}
              note={formatYuan(sale.due_fen)}
              shortcut="F2"
              onPress={() => void set(null)}
            />
          </div>
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          {...amount.pad}
          onBack={onClose}
          main={{
            label: t('part.set'),
            shortcut: 'Enter',
            isDisabled: part_fen === 0 || part_fen > sale.due_fen,
            onPress: () => void set(part_fen === sale.due_fen ? null : part_fen),
          }}
        />
      }
    />
  );
}

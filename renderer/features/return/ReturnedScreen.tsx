// A return is recorded: cash to hand over now, and what goes back to wallets with its state until that is proven.
import { useWords } from '../../i18n/index.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DrawerCard, DrawerKey, isDrawerShut } from '../../ui/DrawerCard.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { GiveBackRows } from '../../ui/GiveBackRows.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

export type Returned = { saleId: string; receiptNumber: string; sum_fen: number; cash_fen: number };

/** The core tells them with the sale while that is still found, else among all that are open. */
function useGiveBacks(snapshot: Snapshot, saleId: string) {
  if (snapshot.found?.saleId === saleId) return snapshot.found.giveBacks;
  return snapshot.giveBacks.filter((giveBack) => giveBack.saleId === saleId);
}

type Props = { returned: Returned; snapshot: Snapshot; onDone: () => void };

export function ReturnedScreen({ returned, snapshot, onDone }: Props) {
  const t = useWords();
  const { sum_fen, cash_fen } = returned;
  const giveBacks = useGiveBacks(snapshot, returned.saleId);
  const isOpen = giveBacks.some((giveBack) => giveBack.unproven);
  return (
    <TwoColumns
      left={
        <Page title={t('return.doneTitle', { number: returned.receiptNumber })} body={t('return.doneBody')}>
          {cash_fen > 0 ? (
            <StateCard
              tone="info"
              mark="back"
              title={t('return.handOver', { amount: formatYuan(cash_fen) })}
              lines={[t('return.handOverBody')]}
            />
          ) : null}
          <GiveBackRows giveBacks={giveBacks} />
          {isOpen ? <p className="text-[1.25rem]">{t('return.goesOn')}</p> : null}
        </Page>
      }
      right={
        <>
          <Amount label={t('return.sum')} amount_fen={sum_fen} />
          <Facts
            facts={[
              { label: t('return.byWallet'), value: formatYuan(sum_fen - cash_fen) },
              { label: t('return.byCash'), value: formatYuan(cash_fen) },
            ]}
          />
          {cash_fen > 0 ? <DrawerCard drawer={snapshot.drawer} /> : null}
          {cash_fen > 0 && isDrawerShut(snapshot.drawer) ? <DrawerKey /> : null}
        </>
      }
      keys={
        <Key
          look="main"
          className="col-span-2"
          label={t('pad.done')}
          note={t('return.doneNote')}
          shortcut="Enter"
          onPress={onDone}
        />
      }
    />
  );
}

// A return is recorded: cash to hand over now, and what goes back to wallets with its state until that is proven.
import { useWords } from '../../i18n/index.ts';
import type { ReturnMoney, Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DrawerCard, DrawerKey, isDrawerShut } from '../../ui/DrawerCard.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { GiveBackRows } from '../../ui/GiveBackRows.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { ScannedGoods } from './ScannedGoods.tsx';
import { back_fen } from './money-rows.ts';
import { useUnpaidFacts } from './useUnpaidFacts.ts';

export type Returned = { saleId: string; receiptNumber: string; money: ReturnMoney };

/** Those of this return alone. The core tells them with the sale while that is still found, else among all that are open. */
function useGiveBacks(snapshot: Snapshot, { saleId, money }: Returned) {
  const isFound = snapshot.found?.saleId === saleId;
  const told = (isFound ? snapshot.found?.giveBacks : null) ?? snapshot.giveBacks;
  return told.filter(({ giveBackId }) => money.wallets.some((one) => one.giveBackId === giveBackId));
}

/** What may have been charged goes back by itself, or has: never paid is only what provably took nothing. */
function NotGiven({ money }: { money: ReturnMoney }) {
  const t = useWords();
  const { unpaid_fen, doubt_fen, wasReversed } = money;
  if (doubt_fen > 0) {
    const title = t('return.doubtThen', { amount: formatYuan(doubt_fen) });
    return <StateCard tone="wait" mark="clock" title={title} lines={[t('return.doubtBody')]} />;
  }
  if (wasReversed) {
    const title = t('return.notHereTitle', { amount: formatYuan(unpaid_fen) });
    return <StateCard tone="info" mark="tick" title={title} lines={[t('return.reversedBody')]} />;
  }
  if (back_fen(money) > 0) return null;
  const lines = [t('return.unpaidBody')];
  return <StateCard tone="info" mark="tick" title={t('return.nothingTitle')} lines={lines} />;
}

type Props = { returned: Returned; snapshot: Snapshot; onDone: () => void };

export function ReturnedScreen({ returned, snapshot, onDone }: Props) {
  const t = useWords();
  const unpaidFacts = useUnpaidFacts();
  const { money } = returned;
  const { cash_fen } = money;
  const giveBacks = useGiveBacks(snapshot, returned);
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
          <NotGiven money={money} />
          <GiveBackRows giveBacks={giveBacks} />
          {isOpen ? <p className="text-[1.25rem]">{t('return.goesOn')}</p> : null}
          <ScannedGoods />
        </Page>
      }
      right={
        <>
          <Amount label={t('return.sum')} amount_fen={back_fen(money)} />
          <Facts
            facts={[
              ...unpaidFacts(money),
              { label: t('return.byWallet'), value: formatYuan(back_fen(money) - cash_fen) },
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
          {...(isOpen ? { note: t('return.doneNote') } : {})}
          shortcut="Enter"
          onPress={onDone}
        />
      }
    />
  );
}

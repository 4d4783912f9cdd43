// A sale has ended: paid, waiting offline, or cancelled with what became of the money; and the receipt.
import { useWords } from '../../i18n/index.ts';
import type { CashView, SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { Amount } from '../../ui/Amount.tsx';
import { DrawerCard, DrawerKey, isDrawerShut } from '../../ui/DrawerCard.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { GiveBackRows } from '../../ui/GiveBackRows.tsx';
import { Key } from '../../ui/Key.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useStood } from '../../ui/useStood.ts';
import { settledBeside_fen } from './collecting.ts';
import { FirstReversed } from './FirstReversed.tsx';
import { Outcome } from './Outcome.tsx';
import { Receipt } from './Receipt.tsx';
import { SaleColumn } from './SaleColumn.tsx';

/** The change is the biggest thing: it is what the hand does next. */
function CashResult({ sale, cash }: { sale: SaleView; cash: CashView }) {
  const t = useWords();
  const beside = settledBeside_fen(sale, cash.amount_fen + cash.rounding_fen);
  const { wallets_fen, queued_fen, other_fen } = beside;
  const facts: Fact[] = [];
  if (wallets_fen > 0) facts.push({ label: t('cash.paidBefore'), value: formatYuan(wallets_fen) });
  if (queued_fen > 0) facts.push({ label: t('result.pending'), value: formatYuan(queued_fen) });
  if (other_fen > 0) facts.push({ label: t('cash.settledBefore'), value: formatYuan(other_fen) });
  facts.push({
    label: t('cash.due'),
    value: formatYuan(cash.amount_fen),
    ...(cash.rounding_fen > 0 ? { note: `${t('cash.roundDown')} ${formatYuan(-cash.rounding_fen)}` } : {}),
  });
  facts.push({ label: t('cash.received'), value: formatYuan(cash.received_fen), isStrong: true });
  return (
    <>
      <Amount label={<b>{t('cash.change')}</b>} amount_fen={cash.change_fen} />
      <Facts facts={facts} size="text-[1.375rem]" />
    </>
  );
}

function Sum({ sale }: { sale: SaleView }) {
  const t = useWords();
  if (sale.cash !== null) return <CashResult sale={sale} cash={sale.cash} />;
  const labels = {
    completed: 'result.paid',
    completedPending: 'result.pending',
    cancelling: 'result.cancelling',
    returned: 'result.returned',
  } as const;
  const isKnown = (state: string): state is keyof typeof labels => Object.hasOwn(labels, state);
  const label = isKnown(sale.state) ? labels[sale.state] : 'result.cancelled';
  const { writtenOff_fen } = sale;
  const came_fen = sale.state === 'cancelled' ? 0 : sale.total_fen - writtenOff_fen;
  const lost = { label: t('result.writtenOff'), value: formatYuan(writtenOff_fen) };
  return (
    <>
      <Amount label={t(label)} amount_fen={came_fen} />
      {writtenOff_fen === 0 ? null : <Facts facts={[lost]} size="text-[1.375rem]" />}
    </>
  );
}

export function ResultScreen({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const t = useWords();
  const { send } = useTill();
  const hasStood = useStood();
  const hasDrawerKey = sale.cash !== null && isDrawerShut(snapshot.drawer);
  const isSold = sale.state === 'completed' || sale.state === 'completedPending';
  return (
    <TwoColumns
      left={<SaleColumn sale={sale}>{isSold ? <FirstReversed sale={sale} /> : null}</SaleColumn>}
      right={
        <>
          <Sum sale={sale} />
          <Outcome sale={sale} />
          <GiveBackRows giveBacks={sale.giveBacks} />
          {sale.cash === null ? null : <DrawerCard drawer={snapshot.drawer} />}
          <Receipt sale={sale} print={snapshot.print} />
        </>
      }
      keys={
        <>
          {hasDrawerKey ? <DrawerKey /> : null}
          <Key
            look="main"
            className={hasDrawerKey ? '' : 'col-span-2'}
            label={t('result.next')}
            note={t('result.nextNote')}
            shortcut="Enter"
            // Enter took the cash; pressed twice it would take the change off the screen.
            isDisabled={sale.cash !== null && !hasStood}
            onPress={() => void send('sale.next', {})}
          />
        </>
      }
    />
  );
}

// Cash: what is due, what was handed over, and the change while it is being typed. The last tender of a sale.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { SaleView } from '../../../contract/snapshot.ts';
import { cashSum, quickAmounts_fen } from '../../lib/amount.ts';
import { formatFen, formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { Key } from '../../ui/Key.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';
import { settledBeside_fen } from './collecting.ts';
import { FirstReversed } from './FirstReversed.tsx';

/** The sum being settled, with 抹零 or without, and what is typed of it. */
function useCash(sale: SaleView) {
  const amount = useAmount();
  const [isRounded, setRounded] = useState(sale.roundDownAlways);
  const isRoundedDown = sale.roundDown_fen > 0 && (isRounded || sale.roundDownAlways);
  const received_fen = amount.amount_fen ?? 0;
  const sum = cashSum({
    due_fen: sale.due_fen,
    roundDown_fen: sale.roundDown_fen,
    isRoundedDown,
    received_fen,
  });
  return { amount, isRoundedDown, received_fen, sum, turn: () => setRounded((before) => !before) };
}

type Cash = ReturnType<typeof useCash>;

function QuickKeys({ cash }: { cash: Cash }) {
  const t = useWords();
  const { due_fen } = cash.sum;
  return (
    <div className="grid shrink-0 grid-cols-5 gap-2.5">
      <Key
        label={t('cash.exact')}
        note={formatFen(due_fen)}
        shortcut="F2"
        onPress={() => cash.amount.put(due_fen)}
      />
      {quickAmounts_fen(due_fen).map((amount_fen) => (
        <Key
          key={amount_fen}
          label={<span className="digits text-[1.75rem]">{amount_fen / 100}</span>}
          name={formatYuan(amount_fen)}
          onPress={() => cash.amount.put(amount_fen)}
        />
      ))}
    </div>
  );
}

function Change({ cash }: { cash: Cash }) {
  const t = useWords();
  const { sum, received_fen } = cash;
  const isShort = received_fen > 0 && !sum.isEnough;
  const missing_fen = sum.due_fen - received_fen;
  return (
    <div
      aria-live="polite"
      className={`flex shrink-0 items-baseline justify-between gap-4 rounded-xl border-l-8 px-5 py-3 ${
        isShort ? 'border-wait bg-wait-pale' : 'border-ok bg-ok-pale'
      }`}
    >
      <span className="text-[1.5rem] font-bold">{isShort ? t('cash.missing') : t('cash.change')}</span>
      <span className="digits text-[4rem] leading-none font-bold">
        <span className="text-[0.5em]">¥</span>
        {formatFen(isShort ? missing_fen : sum.change_fen)}
      </span>
    </div>
  );
}

function RoundKey({ sale, cash }: { sale: SaleView; cash: Cash }) {
  const t = useWords();
  if (sale.roundDown_fen === 0) return null;
  const mark = cash.isRoundedDown ? '☑' : '☐';
  return (
    <Key
      size="small"
      label={`${mark} ${t('cash.roundDown')} −${formatFen(sale.roundDown_fen)}`}
      shortcut="F4"
      isDisabled={sale.roundDownAlways}
      {...(sale.roundDownAlways ? { note: t('cash.roundDownAlways') } : {})}
      className={cash.isRoundedDown ? 'border-2! border-act!' : ''}
      onPress={cash.turn}
    />
  );
}

function useFacts(sale: SaleView, cash: Cash): Fact[] {
  const t = useWords();
  const { wallets_fen, queued_fen, other_fen } = settledBeside_fen(sale, 0);
  const facts: Fact[] = [];
  if (wallets_fen + queued_fen + other_fen > 0)
    facts.push({ label: t('cash.total'), value: formatYuan(sale.total_fen) });
  if (wallets_fen > 0) facts.push({ label: t('cash.paidBefore'), value: formatYuan(-wallets_fen) });
  if (queued_fen > 0) facts.push({ label: t('result.pending'), value: formatYuan(-queued_fen) });
  if (other_fen > 0) facts.push({ label: t('cash.settledBefore'), value: formatYuan(-other_fen) });
  if (cash.sum.rounding_fen > 0) {
    facts.push({ label: t('cash.roundDown'), value: formatYuan(-cash.sum.rounding_fen) });
  }
  return [...facts, { label: t('cash.due'), value: formatYuan(cash.sum.due_fen), isStrong: true }];
}

export function CashPanel({ sale, onClose }: { sale: SaleView; onClose: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const cash = useCash(sale);
  const facts = useFacts(sale, cash);
  const { received_fen, isRoundedDown, sum } = cash;
  const [isTaking, setTaking] = useState(false);
  const take = async () => {
    setTaking(true);
    const reply = await send('tender.cash', { received_fen, roundDown: isRoundedDown });
    setTaking(false);
    if (reply.ok) onClose();
  };
  return (
    <TwoColumns
      left={
        <Page title={t('cash.title')} isDense>
          <div className="grid shrink-0 grid-cols-[minmax(0,1fr)_auto] items-end gap-6">
            <Facts facts={facts} size="text-[1.5rem]" />
            <RoundKey sale={sale} cash={cash} />
          </div>
          <AmountField label={t('cash.received')} text={cash.amount.text} />
          <QuickKeys cash={cash} />
          <Change cash={cash} />
          <FirstReversed sale={sale} />
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          {...cash.amount.pad}
          onBack={onClose}
          main={{
            label: t('cash.take'),
            shortcut: 'Enter',
            isDisabled: isTaking || cash.amount.amount_fen === null || !sum.isEnough,
            onPress: () => void take(),
          }}
        />
      }
    />
  );
}

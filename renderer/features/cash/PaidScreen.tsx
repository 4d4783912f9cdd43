// Cash into the drawer or out of it that is no sale: how much, why, and for the way out a manager's word.
import { useState } from 'react';
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';

type Direction = 'paidIn' | 'paidOut';

function Done({
  direction,
  amount_fen,
  onClose,
}: {
  direction: Direction;
  amount_fen: number;
  onClose: () => void;
}) {
  const t = useWords();
  return (
    <TwoColumns
      left={
        <Page title={t(`${direction}.title`)}>
          <StateCard
            tone="ok"
            mark="tick"
            title={t(`${direction}.done`, { amount: formatYuan(amount_fen) })}
            lines={[t(`${direction}.doneBody`)]}
          />
        </Page>
      }
      right={<></>}
      keys={
        <Key look="main" className="col-span-2" label={t('pad.done')} shortcut="Enter" onPress={onClose} />
      }
    />
  );
}

export function PaidScreen({ direction, onClose }: { direction: Direction; onClose: () => void }) {
  const t = useWords();
  const { send, approvals } = useTill();
  const language = useLanguage();
  const amount = useAmount();
  const [isAsking, setAsking] = useState(false);
  const [done_fen, setDone] = useState<number | null>(null);
  const amount_fen = amount.amount_fen ?? 0;
  const pay = async (reason: string) => {
    setAsking(false);
    const params = { amount_fen, reason };
    const reply =
      direction === 'paidIn'
        ? await send('cash.paidIn', params)
        : await approvals.send('cash.paidOut', params, amount_fen);
    if (reply.ok) setDone(amount_fen);
  };
  if (done_fen !== null) return <Done direction={direction} amount_fen={done_fen} onClose={onClose} />;
  return (
    <>
      <TwoColumns
        left={
          <Page title={t(`${direction}.title`)} body={t(`${direction}.body`)}>
            <AmountField label={t(`${direction}.amount`)} text={amount.text} />
          </Page>
        }
        right={null}
        keys={
          <PadKeys
            {...amount.pad}
            onBack={onClose}
            main={{
              label: t(`${direction}.next`),
              shortcut: 'Enter',
              isDisabled: amount_fen === 0,
              onPress: () => setAsking(true),
            }}
          />
        }
      />
      {isAsking ? (
        <Choices
          title={t(`${direction}.reason`, { amount: formatYuan(amount_fen) })}
          choices={reasons[language][direction]}
          onChoose={(reason) => void pay(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

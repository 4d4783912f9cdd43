// Cash into the drawer or out of it that is no sale: how much, why, and for the way out a manager's word.
import { useState } from 'react';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { DonePage } from '../../ui/DonePage.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';
import { type Booked, bookedOf, isUnsure } from './booked.ts';

type Direction = 'paidIn' | 'paidOut';

function Done({ booked, onClose }: { booked: Booked; onClose: () => void }) {
  const t = useWords();
  const { direction, amount_fen, slip } = booked;
  const before = slip === null ? [] : [t('slip.bookedBefore', { number: slip.number, reason: slip.reason })];
  return (
    <DonePage
      title={t(`${direction}.title`)}
      done={t(`${direction}.done`, { amount: formatYuan(amount_fen) })}
      lines={[t(`${direction}.doneBody`), ...before]}
      onDone={onClose}
    />
  );
}

function usePaying(direction: Direction, snapshot: Snapshot) {
  const { send, approvals } = useTill();
  // As it was when this page opened: pressed again it is still the same one.
  const [after] = useState(snapshot.counts.cashMoves);
  const [asked, setAsked] = useState<Omit<Parameters<typeof bookedOf>[0], 'after'>>({
    done: null,
    isUnsure: false,
  });
  const pay = async (amount_fen: number, reason: string) => {
    const params = { amount_fen, reason, after };
    const reply =
      direction === 'paidIn'
        ? await send('cash.paidIn', params)
        : await approvals.send('cash.paidOut', params, amount_fen);
    setAsked({ done: reply.ok ? { direction, amount_fen } : null, isUnsure: isUnsure(reply) });
  };
  return { booked: bookedOf({ ...asked, after }, snapshot), pay };
}

type Props = { direction: Direction; snapshot: Snapshot; onClose: () => void };

export function PaidScreen({ direction, snapshot, onClose }: Props) {
  const t = useWords();
  const language = useLanguage();
  const amount = useAmount();
  const { booked, pay } = usePaying(direction, snapshot);
  const [isAsking, setAsking] = useState(false);
  const amount_fen = amount.amount_fen ?? 0;
  if (booked !== null) return <Done booked={booked} onClose={onClose} />;
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
          onChoose={(reason) => {
            setAsking(false);
            void pay(amount_fen, reason);
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

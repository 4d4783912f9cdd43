// Closing a shift: the drawer is counted blind, by pieces. What should be in it is told only after the count is committed.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { ShiftClosed } from '../../../contract/commands.ts';
import { formatYuan } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Key } from '../../ui/Key.tsx';
import { DigitPad } from '../../ui/DigitPad.tsx';
import { DonePage } from '../../ui/DonePage.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { type Counts, countedOf, countedSum_fen, eraseCount, typeCount } from './count.ts';
import { CountRows } from './CountRows.tsx';

function useCounting(denominations_fen: readonly number[]) {
  const [counts, setCounts] = useState<Counts>(() => denominations_fen.map(() => ''));
  const [chosen, setChosen] = useState(0);
  const last = denominations_fen.length - 1;
  return {
    counts,
    chosen,
    choose: setChosen,
    sum_fen: countedSum_fen(denominations_fen, counts),
    digit: (digit: string) => setCounts((before) => typeCount(before, chosen, digit)),
    erase: () => setCounts((before) => eraseCount(before, chosen)),
    move: (step: number) => setChosen((before) => Math.min(Math.max(before + step, 0), last)),
    /** After the last one the first one again. */
    next: () => setChosen((before) => (before === last ? 0 : before + 1)),
  };
}

type Counting = ReturnType<typeof useCounting>;

function CountKeys({
  counting,
  isBusy,
  onBack,
  onDone,
}: {
  counting: Counting;
  isBusy: boolean;
  onBack: () => void;
  onDone: () => void;
}) {
  const t = useWords();
  useKeys({
    digit: counting.digit,
    ArrowUp: () => counting.move(-1),
    ArrowDown: () => counting.move(1),
  });
  return (
    <>
      <DigitPad
        onDigit={counting.digit}
        left={<Key label={t('pad.erase')} shortcut="Backspace" hint="⌫" onPress={counting.erase} />}
        right={<Key label={t('shift.nextRow')} shortcut="Enter" onPress={counting.next} className="px-1!" />}
      />
      <Key label={t('pad.back')} shortcut="Escape" onPress={onBack} />
      <Key look="main" label={t('shift.counted')} shortcut="F5" isDisabled={isBusy} onPress={onDone} />
    </>
  );
}

function Total({ sum_fen }: { sum_fen: number }) {
  const t = useWords();
  return (
    <div className="flex shrink-0 items-baseline justify-between">
      <span className="text-[1.5rem] font-bold">{t('shift.countedSum')}</span>
      <span className="digits text-[3.25rem] leading-none font-bold">{formatYuan(sum_fen)}</span>
    </div>
  );
}

/** By a call whose answer was lost: what was counted stands on paper. */
function ClosedBefore({ onDone }: { onDone: () => void }) {
  const t = useWords();
  const lines = [t('shift.closedBeforeBody')];
  return (
    <DonePage title={t('shift.closedTitle')} done={t('shift.closedBefore')} lines={lines} onDone={onDone} />
  );
}

type Props = {
  denominations_fen: readonly number[];
  /** There is a shift to close. */
  isOpen: boolean;
  onBack: () => void;
  onClosed: (closed: ShiftClosed) => void;
};

function useClosing(denominations_fen: readonly number[], onClosed: Props['onClosed']) {
  const { send } = useTill();
  const [isBusy, setBusy] = useState(false);
  const close = async (counts: Counts) => {
    setBusy(true);
    const reply = await send('shift.close', { counted: countedOf(denominations_fen, counts) });
    if (reply.ok) onClosed(reply.result as ShiftClosed);
    else setBusy(false);
  };
  return { isBusy, close };
}

export function ShiftCloseScreen({ denominations_fen, isOpen, onBack, onClosed }: Props) {
  const t = useWords();
  const counting = useCounting(denominations_fen);
  const { isBusy, close } = useClosing(denominations_fen, onClosed);
  const [isAsking, setAsking] = useState(false);
  if (!isOpen && !isBusy) return <ClosedBefore onDone={onBack} />;
  return (
    <>
      <TwoColumns
        left={
          <Page title={t('shift.closeTitle')} body={t('shift.closeBody')}>
            <CountRows
              denominations_fen={denominations_fen}
              counts={counting.counts}
              chosen={counting.chosen}
              choose={counting.choose}
            />
            <Total sum_fen={counting.sum_fen} />
          </Page>
        }
        right={null}
        keys={<CountKeys {...{ counting, isBusy, onBack }} onDone={() => setAsking(true)} />}
      />
      {isAsking ? (
        <Ask
          title={t('shift.askTitle', { amount: formatYuan(counting.sum_fen) })}
          body={t('shift.askBody')}
          safe={t('shift.askAgain')}
          other={t('shift.close')}
          otherKey="F5"
          onSafe={() => setAsking(false)}
          onOther={() => {
            setAsking(false);
            void close(counting.counts);
          }}
        />
      ) : null}
    </>
  );
}

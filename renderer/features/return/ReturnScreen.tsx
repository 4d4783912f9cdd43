// Goods come back: which pieces, what they give back and where to, why. A manager's word where the seller has none.
import { useState } from 'react';
import type { ReturnMoney as Money, SaleFound } from '../../../contract/snapshot.ts';
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { ComparePaper } from './ComparePaper.tsx';
import { ReturnLines } from './ReturnLines.tsx';
import { ReturnMoney, ReturnWords } from './ReturnMoney.tsx';
import type { Returned } from './ReturnedScreen.tsx';
import { ScannedGoods } from './ScannedGoods.tsx';
import { back_fen } from './money-rows.ts';
import { everything, linesOf, stepped, type Selection } from './selection.ts';
import { useReturnPreview } from './usePreview.ts';

function useSelecting(found: SaleFound) {
  const [selection, setSelection] = useState<Selection>({});
  const [chosen, setChosen] = useState(0);
  const last = found.lines.length - 1;
  const step = (line: SaleFound['lines'][number], by: number) =>
    setSelection((before) => stepped(before, line, by));
  const stepChosen = (by: number) => {
    const line = found.lines[chosen];
    if (line) step(line, by);
  };
  useKeys({
    ArrowUp: () => setChosen(Math.max(0, chosen - 1)),
    ArrowDown: () => setChosen(Math.min(last, chosen + 1)),
    '+': () => stepChosen(1),
    '-': () => stepChosen(-1),
  });
  return { selection, chosen, choose: setChosen, step, setSelection };
}

type KeysProps = {
  canReturn: boolean;
  onAll: () => void;
  onNone: () => void;
  onBack: () => void;
  onReturn: () => void;
};

function ReturnKeys({ canReturn, onAll, onNone, onBack, onReturn }: KeysProps) {
  const t = useWords();
  return (
    <>
      <Key label={t('return.all')} shortcut="F4" onPress={onAll} />
      <Key label={t('return.none')} shortcut="F2" onPress={onNone} />
      <Key label={t('pad.back')} shortcut="Escape" onPress={onBack} />
      <Key look="main" label={t('return.open')} shortcut="Enter" isDisabled={!canReturn} onPress={onReturn} />
    </>
  );
}

type Props = { found: SaleFound; onBack: () => void; onReturned: (returned: Returned) => void };

/** How much it gives back, or that there is nothing to give. */
function useReasonBody(money: Money | null): string {
  const t = useWords();
  if (money === null) return t('return.reasonNothing');
  const mayBeCharged = money.doubt_fen > 0 || money.wasReversed;
  if (back_fen(money) === 0) return t(mayBeCharged ? 'return.reasonDoubt' : 'return.reasonNothing');
  return t('return.reasonBody', { amount: formatYuan(back_fen(money)) });
}

export function ReturnScreen({ found, onBack, onReturned }: Props) {
  const t = useWords();
  const { approvals } = useTill();
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const { selection, chosen, choose, step, setSelection } = useSelecting(found);
  const preview = useReturnPreview(found, selection);
  const money = preview?.refusal === null ? preview.money : null;
  const reasonBody = useReasonBody(money);
  const { saleId, receiptNumber } = found;
  const open = async (reason: string) => {
    setAsking(false);
    const params = { saleId, lines: linesOf(selection, found), reason };
    const reply = await approvals.send('return.open', params, money && back_fen(money));
    // What was recorded, whatever was foreseen: a payment may have ended while the manager was looked for.
    if (reply.ok) onReturned({ saleId, receiptNumber, money: reply.result as Money });
  };
  const sold = t('return.soldAt', {
    time: formatDay(found.completedAt_ms),
    amount: formatYuan(found.total_fen),
  });
  return (
    <>
      <TwoColumns
        left={
          <Page
            title={t('return.title', { number: receiptNumber })}
            {...(found.isUnsure ? {} : { body: sold })}
          >
            {found.isUnsure ? <ComparePaper found={found} /> : null}
            <ReturnLines found={found} selection={selection} chosen={chosen} choose={choose} step={step} />
            <ReturnWords found={found} preview={preview} />
            <ScannedGoods />
          </Page>
        }
        right={<ReturnMoney found={found} preview={preview} />}
        keys={
          <ReturnKeys
            canReturn={money !== null && found.refusal === null}
            onAll={() => setSelection(everything(found))}
            onNone={() => setSelection({})}
            onBack={onBack}
            onReturn={() => setAsking(true)}
          />
        }
      />
      {isAsking && money !== null ? (
        <Choices
          title={t('return.reason')}
          body={reasonBody}
          choices={reasons[language].return}
          onChoose={(reason) => void open(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

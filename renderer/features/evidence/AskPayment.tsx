// "I have paid": which payment? By the bar code on the customer's phone, or digits typed from it.
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

/** An acquirer's number has 28. */
const NUMBER_digits = 32;
const LEAST_digits = 4;

export function AskPayment({ onClose, onFound }: { onClose: () => void; onFound: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const [text, setText] = useState('');
  const find = async () => {
    const reply = await send('payment.find', { text });
    if (reply.ok) onFound();
  };
  return (
    <TwoColumns
      left={
        <Page title={t('evidence.findTitle')} body={t('evidence.findBody')}>
          <AmountField label={t('evidence.number')} text={text} unit="№" />
          <p className="text-[1.125rem] text-ink-2">{t('evidence.findHint')}</p>
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          onDigit={(digit) => setText((before) => (before + digit).slice(0, NUMBER_digits))}
          onErase={() => setText((before) => before.slice(0, -1))}
          left={{ label: t('pad.clear'), shortcut: 'Delete', hint: 'Del', onPress: () => setText('') }}
          onBack={onClose}
          main={{
            label: t('evidence.find'),
            shortcut: 'Enter',
            isDisabled: text.length < LEAST_digits,
            onPress: () => void find(),
          }}
        />
      }
    />
  );
}

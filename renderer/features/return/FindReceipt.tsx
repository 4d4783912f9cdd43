// The sale that goods come back from: by its receipt, scanned or its number typed.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import { useTill } from '../../lib/till.tsx';
import { AmountField } from '../../ui/AmountField.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

const NUMBER_digits = 20;

export function FindReceipt({ onClose, onFound }: { onClose: () => void; onFound: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const [text, setText] = useState('');
  const find = async () => {
    const reply = await send('sale.find', { text });
    if (reply.ok) onFound();
  };
  return (
    <TwoColumns
      left={
        <Page title={t('return.findTitle')} body={t('return.findBody')}>
          <AmountField label={t('return.number')} text={text} unit="№" />
          <p className="text-[1.125rem] text-ink-2">{t('return.findHint')}</p>
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
            label: t('return.find'),
            shortcut: 'Enter',
            isDisabled: text === '',
            onPress: () => void find(),
          }}
        />
      }
    />
  );
}

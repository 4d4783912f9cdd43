// A page that asks for one number, typed on the pad or scanned, and looks for what it names.
import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { AmountField } from './AmountField.tsx';
import { Key } from './Key.tsx';
import { PadKeys } from './PadKeys.tsx';
import { Page } from './Page.tsx';
import { TwoColumns } from './TwoColumns.tsx';

type Props = {
  title: string;
  body: string;
  hint: string;
  label: string;
  /** Of the main key. */
  find: string;
  digits: { least: number; most: number };
  onFind: (text: string) => void;
  /** Another way to it: looked through instead of named. */
  browse: { label: string; onPress: () => void };
  onClose: () => void;
};

export function AskNumber({ title, body, hint, label, find, digits, onFind, browse, onClose }: Props) {
  const t = useWords();
  const [text, setText] = useState('');
  return (
    <TwoColumns
      left={
        <Page title={title} body={body}>
          <AmountField label={label} text={text} unit="№" />
          <p className="text-[1.125rem] text-ink-2">{hint}</p>
          <Key
            size="small"
            className="shrink-0 self-start"
            label={browse.label}
            shortcut="F4"
            onPress={browse.onPress}
          />
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          onDigit={(digit) => setText((before) => (before + digit).slice(0, digits.most))}
          onErase={() => setText((before) => before.slice(0, -1))}
          left={{ label: t('pad.clear'), shortcut: 'Delete', hint: 'Del', onPress: () => setText('') }}
          onBack={onClose}
          main={{
            label: find,
            shortcut: 'Enter',
            isDisabled: text.length < digits.least,
            onPress: () => onFind(text),
          }}
        />
      }
    />
  );
}

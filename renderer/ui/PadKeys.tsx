// The right column of a page that takes a number: the pad, the way back, and the one main key. All sizes of a finger.
import { useWords } from '../i18n/index.ts';
import { DigitPad } from './DigitPad.tsx';
import { Key, type KeyProps } from './Key.tsx';
import { useKeys } from '../lib/keyboard.ts';

type Props = {
  onDigit: (digit: string) => void;
  onErase: () => void;
  /** The left key of the last row: the point, where the number has one. */
  left: Pick<KeyProps, 'label' | 'shortcut' | 'hint' | 'onPress' | 'name'>;
  onBack: (() => void) | null;
  main: Pick<KeyProps, 'label' | 'note' | 'shortcut' | 'isDisabled' | 'onPress'>;
};

export function PadKeys({ onDigit, onErase, left, onBack, main }: Props) {
  const t = useWords();
  useKeys({ digit: onDigit });
  return (
    <>
      <DigitPad
        onDigit={onDigit}
        left={<Key {...left} className={left.hint === '' ? 'text-[2rem]!' : ''} />}
        right={<Key label={t('pad.erase')} shortcut="Backspace" hint="⌫" onPress={onErase} />}
      />
      {onBack === null ? null : <Key label={t('pad.back')} shortcut="Escape" onPress={onBack} />}
      <Key look="main" {...main} {...(onBack === null ? { className: 'col-span-2' } : {})} />
    </>
  );
}

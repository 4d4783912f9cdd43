// A choice among ready-made answers, one key each, numbered: a reason, say. Nobody types at a till.
import { useWords } from '../i18n/index.ts';
import type { ReactNode } from 'react';
import { Key } from './Key.tsx';
import { Sheet } from './Sheet.tsx';

type Props = {
  title: string;
  body?: ReactNode;
  choices: readonly string[];
  onChoose: (choice: string) => void;
  onClose: () => void;
};

/** One for each of twenty choices: a keyboard has no key that is called 10. */
export const choiceKeys = [...'1234567890', ...Array.from({ length: 10 }, (_, index) => `F${index + 2}`)];

/** A twenty-first has its place on the glass alone. */
function shortcutOf(index: number): { shortcut?: string } {
  const shortcut = choiceKeys[index];
  return shortcut === undefined ? {} : { shortcut };
}

export function Choices({ title, body, choices, onChoose, onClose }: Props) {
  const t = useWords();
  return (
    <Sheet
      title={title}
      width="w-[52rem]"
      corner={<Key size="small" label={t('pad.back')} shortcut="Escape" onPress={onClose} />}
    >
      {body === undefined ? null : <div className="mt-2 text-[1.25rem] leading-snug">{body}</div>}
      <div className="mt-5 grid min-h-0 grid-cols-3 gap-3 overflow-y-auto">
        {choices.map((choice, index) => (
          <Key key={choice} label={choice} {...shortcutOf(index)} onPress={() => onChoose(choice)} />
        ))}
      </div>
    </Sheet>
  );
}

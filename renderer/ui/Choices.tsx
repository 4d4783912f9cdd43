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

export function Choices({ title, body, choices, onChoose, onClose }: Props) {
  const t = useWords();
  return (
    <Sheet
      title={title}
      width="w-[52rem]"
      corner={<Key size="small" label={t('pad.back')} shortcut="Escape" onPress={onClose} />}
    >
      {body === undefined ? null : <div className="mt-2 text-[1.25rem] leading-snug">{body}</div>}
      <div className="mt-5 grid grid-cols-3 gap-3">
        {choices.map((choice, index) => (
          <Key key={choice} label={choice} shortcut={String(index + 1)} onPress={() => onChoose(choice)} />
        ))}
      </div>
    </Sheet>
  );
}

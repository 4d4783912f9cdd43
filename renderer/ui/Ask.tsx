// A question before something that can't be taken back. The safe answer is the main key; the other needs its own key.
import type { ReactNode } from 'react';
import { Key } from './Key.tsx';
import { Sheet } from './Sheet.tsx';

export type AskProps = {
  title: string;
  body: ReactNode;
  safe: string;
  other: string;
  /** The same key that opened the question answers it. */
  otherKey: string;
  onSafe: () => void;
  onOther: () => void;
};

export function Ask({ title, body, safe, other, otherKey, onSafe, onOther }: AskProps) {
  return (
    <Sheet role="alertdialog" title={title} keys={{ Enter: onSafe }}>
      <div className="mt-3 space-y-2 text-[1.375rem] leading-snug">{body}</div>
      <div className="mt-6 grid grid-cols-2 gap-3">
        <Key label={safe} look="main" shortcut="Escape" hint="Esc / Enter" onPress={onSafe} />
        <Key label={other} look="danger" shortcut={otherKey} onPress={onOther} />
      </div>
    </Sheet>
  );
}

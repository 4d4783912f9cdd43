// A question before something that can't be taken back. The safe answer is the main key; the other needs its own key.
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useKeys } from '../lib/keyboard.ts';
import { Key } from './Key.tsx';

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

function Answers({ safe, other, otherKey, onSafe, onOther }: AskProps) {
  return (
    <div className="mt-6 grid grid-cols-2 gap-3">
      <Key label={safe} look="main" shortcut="Escape" hint="Esc / Enter" onPress={onSafe} />
      <Key label={other} look="danger" shortcut={otherKey} onPress={onOther} />
    </div>
  );
}

function Keys({ onSafe }: { onSafe: () => void }) {
  useKeys({ Enter: onSafe }, true);
  return null;
}

export function Ask(props: AskProps) {
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 grid place-items-center bg-ink/60"
    >
      <Modal className="w-[42rem] rounded-2xl bg-paper p-6">
        <Dialog role="alertdialog" className="outline-none">
          <Keys onSafe={props.onSafe} />
          <Heading slot="title" className="text-[2rem] font-bold">
            {props.title}
          </Heading>
          <p className="mt-3 text-[1.375rem] leading-snug">{props.body}</p>
          <Answers {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

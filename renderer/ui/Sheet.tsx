// A dialog over the screen: its keys lie above all others, nothing below is reached until it closes.
import type { ReactNode } from 'react';
import { useContext, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { KeyLevel, type KeyMap, useKeys } from '../lib/keyboard.ts';
import { useTill } from '../lib/till.tsx';
import { RefusalSince } from './NoticeBand.tsx';

function Keys({ keys }: { keys: KeyMap }) {
  useKeys(keys, true);
  return null;
}

/** At the top of the screen: no key of the dialog moves for it. The band below the goods says it too, but in the dark behind. */
function Refusal() {
  const { store } = useTill();
  const [known] = useState(() => store.get().refusal);
  return (
    <div className="fixed inset-x-0 top-0">
      <RefusalSince known={known} />
    </div>
  );
}

export type SheetProps = {
  title: ReactNode;
  children: ReactNode;
  /** Keys of the dialog that no key on the screen has. */
  keys?: KeyMap;
  /** Beside the heading: the key that closes it, say. */
  corner?: ReactNode;
  role?: 'dialog' | 'alertdialog';
  /** A width class; the height is what the content needs, up to the screen. */
  width?: string;
};

export function Sheet({
  title,
  children,
  keys = {},
  corner,
  role = 'dialog',
  width = 'w-[42rem]',
}: SheetProps) {
  const level = useContext(KeyLevel);
  return (
    <KeyLevel value={level + 1}>
      <ModalOverlay
        isOpen
        isKeyboardDismissDisabled
        className="fixed inset-0 grid place-items-center bg-ink/60"
      >
        <Modal className={`flex max-h-[calc(100vh-1.5rem)] flex-col rounded-2xl bg-paper p-6 ${width}`}>
          <Dialog role={role} className="flex min-h-0 flex-col outline-none">
            <Keys keys={keys} />
            <div className="flex shrink-0 items-start justify-between gap-4">
              <Heading slot="title" className="text-[2rem] leading-tight font-bold">
                {title}
              </Heading>
              {corner}
            </div>
            {children}
            <Refusal />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </KeyLevel>
  );
}

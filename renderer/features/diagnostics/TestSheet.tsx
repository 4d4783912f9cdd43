// The dialog of one test: closed by Escape; what the core refused is said inside it, and is over when it closes.
import type { ReactNode } from 'react';
import { errorTexts } from '../../../contract/error-texts.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useScreenState, useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { Sheet, type SheetProps } from '../../ui/Sheet.tsx';
import { StateCard } from '../../ui/StateCard.tsx';

type Props = Pick<SheetProps, 'keys' | 'width'> & {
  title: string;
  onClose: () => void;
  /** Beside the key that closes. */
  aside?: ReactNode;
  children: ReactNode;
};

export function TestSheet({ title, onClose, aside, children, keys = {}, width = 'w-[52rem]' }: Props) {
  const t = useWords();
  const { store } = useTill();
  const close = () => {
    store.set({ refusal: null });
    onClose();
  };
  const corner = (
    <div className="flex items-center gap-5">
      {aside}
      <Key size="small" label={t('pad.back')} shortcut="Escape" onPress={close} />
    </div>
  );
  return (
    <Sheet title={title} keys={keys} width={width} corner={corner}>
      <div className="mt-3 flex min-h-0 flex-col gap-4 overflow-y-auto">{children}</div>
    </Sheet>
  );
}

/** Why the core did not do it, in the words of every other refusal. */
export function Refused() {
  const language = useLanguage();
  const { refusal } = useScreenState();
  if (refusal === null) return null;
  const { what, money, todo } = errorTexts[language][refusal.code];
  const lines = [`${money} ${todo}`, ...(refusal.detail === '' ? [] : [refusal.detail])];
  return <StateCard tone="no" mark="cross" title={what} lines={lines} code={refusal.code} />;
}

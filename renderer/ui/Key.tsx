// A key on the screen that is also a key on the keyboard: its shortcut is bound and shown in one place.
import type { ReactNode } from 'react';
import { Button, type PressEvent } from 'react-aria-components';
import { type KeyMap, useKeys } from '../lib/keyboard.ts';

type Look = 'main' | 'plain' | 'danger' | 'quiet' | 'dark';

const looks: Record<Look, string> = {
  main: 'bg-act text-white border-act font-bold text-[1.75rem]',
  plain: 'bg-white text-ink border-edge text-[1.375rem]',
  danger: 'bg-white text-no border-no text-[1.375rem]',
  quiet: 'bg-transparent text-ink border-transparent text-[1.25rem]',
  dark: 'bg-transparent text-white border-transparent text-[1.1rem]',
};

const noteLooks: Record<Look, string> = {
  main: 'text-white',
  plain: 'text-ink-2',
  danger: 'text-ink-2',
  quiet: 'text-ink-2',
  dark: 'text-[#c8d6e2]',
};

export type KeyProps = {
  label: ReactNode;
  onPress: () => void;
  /** Name of the keyboard key, shown as `hint` or as itself; an empty hint shows none: the label is the key. */
  shortcut?: string;
  hint?: string;
  note?: ReactNode;
  look?: Look;
  size?: 'main' | 'small';
  isDisabled?: boolean;
  /** Spoken name where the label is a sign. */
  name?: string;
  className?: string;
};

/** After a finger or a mouse the focus leaves the key, so that Enter means the main key again and not this one. */
function releaseFocus(event: PressEvent): void {
  if (event.pointerType !== 'keyboard' && event.target instanceof HTMLElement) event.target.blur();
}

function KeyHint({ text, look }: { text: string; look: Look }) {
  const colours =
    look === 'main' || look === 'dark' ? 'border-white/60 text-white' : 'border-edge text-ink-2';
  return (
    <kbd className={`inline-block rounded border px-1.5 font-sans text-[0.85rem] leading-[1.35] ${colours}`}>
      {text}
    </kbd>
  );
}

export function Key(props: KeyProps) {
  const {
    label,
    onPress,
    shortcut,
    note,
    look = 'plain',
    size = 'main',
    isDisabled = false,
    className = '',
  } = props;
  const keys: KeyMap = shortcut !== undefined && !isDisabled ? { [shortcut]: onPress } : {};
  useKeys(keys);
  const hint = props.hint ?? (shortcut === 'Escape' ? 'Esc' : shortcut);
  const disabledLook = 'data-disabled:bg-off-pale data-disabled:text-ink-2 data-disabled:border-line';
  const pressedLook =
    look === 'main' ? 'data-pressed:bg-ink' : 'data-pressed:bg-act-pale data-pressed:text-ink';
  return (
    <Button
      isDisabled={isDisabled}
      onPress={(event) => {
        releaseFocus(event);
        onPress();
      }}
      {...(props.name === undefined ? {} : { 'aria-label': props.name })}
      className={`relative flex flex-col items-center justify-center gap-1 rounded-xl border px-3 py-1 text-center leading-tight ${
        size === 'main' ? 'key-main' : 'key-small px-2!'
      } ${looks[look]} ${disabledLook} ${pressedLook} ${className}`}
    >
      <span className="flex items-center gap-2.5">
        <span>{label}</span>
        {hint === undefined || hint === '' ? null : (
          <span className={size === 'main' ? 'absolute top-1.5 right-2 leading-none' : ''}>
            <KeyHint text={hint} look={isDisabled ? 'plain' : look} />
          </span>
        )}
      </span>
      {note === undefined ? null : (
        <span className={`text-[1rem] font-normal ${isDisabled ? 'text-ink-2' : noteLooks[look]}`}>
          {note}
        </span>
      )}
    </Button>
  );
}

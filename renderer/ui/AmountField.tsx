// What is being typed on the pad, large, with its unit; empty it shows where the digits will stand.
type Props = { label: string; text: string; unit?: string; note?: string | undefined };

/** Digits that fit beside their unit on the narrowest screen, at the size of an amount. */
const LARGE_digits = 16;

export function AmountField({ label, text, unit = '¥', note }: Props) {
  return (
    <div aria-live="polite">
      <div className="flex items-baseline justify-between gap-4 text-[1.25rem] text-ink-2">
        <span>{label}</span>
        <span className="text-[1.125rem]">{note}</span>
      </div>
      <div className="mt-1 flex h-[5.5rem] items-center gap-2 rounded-xl border-3 border-act bg-white px-5">
        <span className="digits text-[2rem] text-ink-2">{unit}</span>
        <span
          className={`digits leading-none font-bold ${text.length > LARGE_digits ? 'text-[1.9rem]' : 'text-[3.5rem]'} ${text === '' ? 'text-edge' : ''}`}
        >
          {text === '' ? '0' : text}
        </span>
        <span className="h-[3.4rem] w-[3px] bg-act" aria-hidden="true" />
      </div>
    </div>
  );
}

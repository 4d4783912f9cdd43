// How many digits of a PIN have been entered; never which.
import { useWords } from '../i18n/index.ts';

export const PIN_min = 4;
export const PIN_max = 12;

export function PinDots({ label, length, isBusy }: { label: string; length: number; isBusy: boolean }) {
  const t = useWords();
  const places = Math.max(PIN_min, length);
  return (
    <div aria-live="polite">
      <p className="text-[1.25rem] text-ink-2">{isBusy ? t('signIn.busy') : label}</p>
      <div className="mt-2 flex h-12 items-center gap-3 rounded-xl border-2 border-edge bg-white px-4">
        {Array.from({ length: places }, (_, index) => (
          <span
            key={index}
            className={`size-4 rounded-full border-2 ${index < length ? 'border-ink bg-ink' : 'border-edge'}`}
          />
        ))}
      </div>
    </div>
  );
}

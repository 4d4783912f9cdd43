// The amount due: the biggest thing on the screen, 13 mm and more. Long amounts take the next smaller step.
import type { ReactNode } from 'react';
import { formatFen } from '../lib/format.ts';

function sizeFor(length: number): string {
  if (length <= 6) return 'text-[6.5rem]';
  if (length <= 8) return 'text-[5.4rem]';
  return 'text-[4.9rem]';
}

export function Amount({
  label,
  amount_fen,
  note,
}: {
  label: ReactNode;
  amount_fen: number;
  note?: ReactNode;
}) {
  const text = formatFen(amount_fen);
  return (
    <div>
      <div className="flex justify-between text-[1.25rem] text-ink-2">
        <span>{label}</span>
        <span>{note}</span>
      </div>
      <div className="flex h-[7rem] items-end whitespace-nowrap">
        <span
          className={`digits leading-none font-bold tracking-tight ${sizeFor(text.length)}`}
          aria-label={`¥${text}`}
        >
          <span className="text-[0.42em]">¥</span>
          {text}
        </span>
      </div>
    </div>
  );
}

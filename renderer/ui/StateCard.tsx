// A state in words: its shape and heading, then what happened, whether the money is safe and what to do, then its code.
import type { ReactNode } from 'react';
import { Glyph, type Mark, type Tone } from './Glyph.tsx';

const grounds: Record<Tone, string> = {
  ok: 'bg-ok-pale border-ok',
  wait: 'bg-wait-pale border-wait',
  no: 'bg-no-pale border-no',
  off: 'bg-off-pale border-off',
  info: 'bg-act-pale border-act',
};

export type StateCardProps = {
  tone: Tone;
  mark: Mark;
  title: ReactNode;
  /** Sentences below the heading. */
  lines?: readonly ReactNode[];
  /** A number that runs: seconds, countdown. */
  running?: ReactNode;
  code?: string | null;
};

export function StateCard({ tone, mark, title, lines = [], running, code }: StateCardProps) {
  return (
    <section role="status" className={`rounded-xl border-l-8 p-4 ${grounds[tone]}`}>
      <div className="flex items-center gap-4">
        <Glyph tone={tone} mark={mark} />
        <h2 className="text-[1.75rem] leading-tight font-bold">{title}</h2>
      </div>
      {lines.length === 0 ? null : (
        <div className="mt-3 space-y-1 text-[1.25rem] leading-snug">
          {lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </div>
      )}
      {running === undefined && !code ? null : (
        <div className="mt-2 flex items-baseline justify-between gap-4 text-[1.25rem]">
          <span className="digits font-bold">{running}</span>
          {code ? <span className="digits shrink-0 text-[1rem] text-ink-2">{code}</span> : null}
        </div>
      )}
    </section>
  );
}

// A state in words: its shape and heading, then what happened, whether the money is safe and what to do, then its code.
import type { ReactNode } from 'react';
import { Glyph, type Mark, type Tone } from './Glyph.tsx';

const grounds: Record<Tone, string> = {
  ok: 'bg-ok-pale border-ok',
  wait: 'bg-wait-pale border-wait',
  no: 'bg-no-pale border-no',
  off: 'bg-off-pale border-off',
  info: 'bg-act-pale border-act',
  none: 'bg-white border-edge',
};

export type StateCardProps = {
  tone: Tone;
  mark: Mark;
  title: ReactNode;
  /** Sentences below the heading. */
  lines?: readonly ReactNode[];
  /** A number that runs: seconds, countdown. */
  running?: ReactNode;
  /** What it is about, in small: the wallet and the masked code, say. */
  subject?: ReactNode;
  code?: string | null;
  /** The smaller form, for a second card beside the one that matters. */
  isSmall?: boolean;
};

function Foot({ subject, code }: Pick<StateCardProps, 'subject' | 'code'>) {
  if (subject === undefined && !code) return null;
  return (
    <div className="digits mt-2 flex flex-wrap items-baseline justify-between gap-x-4 text-[1rem] text-ink-2">
      <span>{subject}</span>
      <span>{code}</span>
    </div>
  );
}

export function StateCard({
  tone,
  mark,
  title,
  lines = [],
  running,
  subject,
  code,
  isSmall = false,
}: StateCardProps) {
  return (
    <section
      role="status"
      className={`shrink-0 rounded-xl border-l-8 ${isSmall ? 'p-3' : 'p-4'} ${grounds[tone]}`}
    >
      <div className={`flex items-center ${isSmall ? 'gap-3' : 'gap-4'}`}>
        <Glyph tone={tone} mark={mark} className={isSmall ? 'size-9' : 'size-14'} />
        <h2 className={`leading-tight font-bold ${isSmall ? 'text-[1.375rem]' : 'text-[1.75rem]'}`}>
          {title}
        </h2>
      </div>
      {lines.length === 0 ? null : (
        <div
          className={`space-y-1 leading-snug ${isSmall ? 'mt-1.5 text-[1.125rem]' : 'mt-3 text-[1.25rem]'}`}
        >
          {lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </div>
      )}
      {running === undefined ? null : <p className="digits mt-2 text-[1.25rem] font-bold">{running}</p>}
      <Foot subject={subject} code={code ?? null} />
    </section>
  );
}

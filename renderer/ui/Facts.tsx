// Sums in rows: what it is on the left, how much on the right, aligned. A strong row is the one that the others make.
import type { ReactNode } from 'react';

export type Fact = { label: ReactNode; value: ReactNode; isStrong?: boolean; note?: ReactNode };

export function Facts({ facts, size = 'text-[1.25rem]' }: { facts: readonly Fact[]; size?: string }) {
  return (
    <dl className={`shrink-0 ${size}`}>
      {facts.map((fact, index) => (
        <div
          key={index}
          className={`flex items-baseline justify-between gap-4 py-1 ${fact.isStrong ? `font-bold ${index > 0 ? 'border-t-2 border-line' : ''}` : ''}`}
        >
          <dt className={fact.isStrong ? '' : 'text-ink-2'}>
            {fact.label}
            {fact.note === undefined ? null : (
              <span className="ml-2 text-[0.85em] text-ink-2">{fact.note}</span>
            )}
          </dt>
          <dd className="digits text-right whitespace-nowrap">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

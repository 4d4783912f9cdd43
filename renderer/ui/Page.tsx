// The left column of a page beside selling: its heading, one sentence, and the page's own things below.
import type { ReactNode } from 'react';

/** `isDense`: much has to be seen at once. */
type Props = { title: ReactNode; body?: ReactNode; children?: ReactNode; isDense?: boolean };

export function Page({ title, body, children, isDense = false }: Props) {
  return (
    <div className={`flex min-h-0 flex-1 flex-col px-6 ${isDense ? 'py-4' : 'py-6'}`}>
      <h1 className="shrink-0 text-[2rem] leading-tight font-bold">{title}</h1>
      {body === undefined ? null : <p className="mt-1.5 shrink-0 text-[1.25rem] text-ink-2">{body}</p>}
      <div className={`flex min-h-0 flex-1 flex-col ${isDense ? 'mt-3 gap-3' : 'mt-5 gap-5'}`}>
        {children}
      </div>
    </div>
  );
}

// The left column of a page beside selling: its heading, one sentence, and the page's own things below.
import type { ReactNode } from 'react';

export function Page({
  title,
  body,
  children,
}: {
  title: ReactNode;
  body?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex min-h-0 flex-1 flex-col p-6">
      <h1 className="shrink-0 text-[2rem] leading-tight font-bold">{title}</h1>
      {body === undefined ? null : <p className="mt-1.5 shrink-0 text-[1.25rem] text-ink-2">{body}</p>}
      <div className="mt-5 flex min-h-0 flex-1 flex-col gap-5">{children}</div>
    </div>
  );
}

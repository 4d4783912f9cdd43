// The frame of every selling screen: goods on the left, money and what to do next on the right, always in the same place.
// What the core has to say comes up below the goods, so that no key ever moves under a finger.
import type { ReactNode } from 'react';
import { NoticeBand } from './NoticeBand.tsx';
import { Resolving } from './Resolving.tsx';

export function TwoColumns({ left, right, keys }: { left: ReactNode; right: ReactNode; keys: ReactNode }) {
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_28.5rem]">
      <main className="flex min-h-0 min-w-0 flex-col">
        <div className="flex min-h-0 flex-1 flex-col">{left}</div>
        <Resolving />
        <NoticeBand />
      </main>
      <aside
        className={`flex min-h-0 flex-col gap-3 border-l border-line bg-panel px-4 ${right === null ? 'justify-end py-2.5' : 'py-4'}`}
      >
        {right === null ? null : (
          <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto">{right}</div>
        )}
        <div className="grid shrink-0 grid-cols-2 gap-2.5">{keys}</div>
      </aside>
    </div>
  );
}

// Into which phase of the core's life each call on its disk falls, from a report of strace.
import { readFileSync } from 'node:fs';
import { type DiskCall, diskCalls } from './traced-core.ts';

export type Phase = 'open' | 'migrate' | 'begin' | 'sell' | 'checkpoint' | 'close';
export type PhasedCall = { call: DiskCall; when: number; phase: Phase };

/** What says that the next phase has begun. */
const marks: readonly { phase: Phase; mark: RegExp }[] = [
  { phase: 'migrate', mark: /^\d+ +pwrite64\(\d+<[^>]*journal\.db-wal>/ },
  { phase: 'begin', mark: /^\d+ +openat\(.*\/head"/ },
  { phase: 'sell', mark: /^\d+ +chmod\(.*control\.sock"/ },
  { phase: 'close', mark: /^\d+ +--- SIGTERM/ },
];

/** Pages that leave the WAL for the database, once the till sells. */
const carried = /^\d+ +\w+\(\d+<[^>]*journal\.db>/;

export function phasesOf(report: string, pid: number): PhasedCall[] {
  const counts = new Map<DiskCall, number>();
  const calls: PhasedCall[] = [];
  let reached = -1;
  for (const line of readFileSync(report, 'latin1').split('\n')) {
    const ahead = marks.findLastIndex(({ mark }) => mark.test(line));
    reached = Math.max(reached, ahead);
    const match = /^(\d+) +(\w+)\(/.exec(line);
    const call = diskCalls.find((one) => one === match?.[2]);
    if (call === undefined || Number(match?.[1]) !== pid) continue;
    const when = (counts.get(call) ?? 0) + 1;
    counts.set(call, when);
    const phase = marks[reached]?.phase ?? 'open';
    const isCarried = (phase === 'sell' || phase === 'close') && carried.test(line);
    calls.push({ call, when, phase: isCarried ? 'checkpoint' : phase });
  }
  return calls;
}

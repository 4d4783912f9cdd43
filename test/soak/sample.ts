// One look at the running core, once a second: from /proc, from its files, and by asking it as a technician does.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreMeasures } from '../../contract/diagnostics.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import { p99 } from './figures.ts';
import type { Yardstick } from './yardstick.ts';

/** `null`: nothing of the kind happened in that second. */
export type Sample = {
  run_s: number;
  life: number;
  age_s: number;
  memory_MB: number;
  heap_MB: number;
  outsideHeap_MB: number;
  descriptors: number;
  wal_MB: number;
  journal_MB: number;
  /**
   * A snapshot asked for and answered: the quickest of a few, and the slowest. The quickest is what the event loop itself takes;
   * whoever asks while a commit waits for the disk waits for that, too, and the commit has a measure of its own.
   */
  lag_ms: number;
  lagWorst_ms: number;
  commit_p99_ms: number | null;
  commits: number;
  /** The machine's own: see yardstick.ts. */
  roundTrip_ms: number;
  sync_ms: number;
};

const MB = 1024 * 1024;
const ASKED = 5;

function size_MB(file: string): number {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) / MB;
}

export function resident_MB(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

/** Processor time of a process so far. Linux counts in hundredths of a second. */
export function processor_ms(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function several_ms(run: () => Promise<unknown>): Promise<{ quickest: number; slowest: number }> {
  const took: number[] = [];
  for (let asked = 0; asked < ASKED; asked += 1) {
    const from_ms = performance.now();
    await run();
    took.push(performance.now() - from_ms);
  }
  return { quickest: Math.min(...took), slowest: Math.max(...took) };
}

export type Watched = { pid: number; stateDirectory: string; technician: RpcClient; yardstick: Yardstick };

/** `commitsBefore`: as the last sample counted them. */
export async function takeSample(
  { pid, stateDirectory, technician, yardstick }: Watched,
  at: Pick<Sample, 'run_s' | 'life' | 'age_s'>,
  commitsBefore: number,
): Promise<{ sample: Sample; commits: number }> {
  const measures = (await technician.call('diagnostics.measures')) as CoreMeasures;
  const { count, recent_ms } = measures.commits;
  const asked = await several_ms(() => technician.call('snapshot.get'));
  const commits = count - commitsBefore;
  const sample: Sample = {
    ...at,
    memory_MB: resident_MB(pid),
    heap_MB: measures.heap_bytes / MB,
    outsideHeap_MB: measures.outsideHeap_bytes / MB,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    wal_MB: size_MB(join(stateDirectory, 'journal.db-wal')),
    journal_MB: size_MB(join(stateDirectory, 'journal.db')),
    lag_ms: asked.quickest,
    lagWorst_ms: asked.slowest,
    commit_p99_ms: commits === 0 ? null : p99(recent_ms.slice(-commits)),
    commits,
    roundTrip_ms: (await several_ms(() => yardstick.roundTrip_ms())).quickest,
    sync_ms: await yardstick.sync_ms(),
  };
  return { sample, commits: count };
}

const columns = [
  'run_s',
  'life',
  'age_s',
  'memory_MB',
  'heap_MB',
  'outsideHeap_MB',
  'descriptors',
  'wal_MB',
  'journal_MB',
  'lag_ms',
  'lagWorst_ms',
  'commit_p99_ms',
  'commits',
  'roundTrip_ms',
  'sync_ms',
] as const satisfies readonly (keyof Sample)[];

export const CSV_HEADER = `${columns.join(',')}\n`;

export function csvLine(sample: Sample): string {
  const cells = columns.map((name) => {
    const value = sample[name];
    return value === null ? '' : Number.isInteger(value) ? String(value) : value.toFixed(3);
  });
  return `${cells.join(',')}\n`;
}

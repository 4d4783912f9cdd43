// The core under strace: counted (which calls it makes), or killed at the entry of one of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Every call by which the core changes a file or talks to the acquirer: the moments between which a crash can fall. */
export const crashCalls = [
  'pwrite64',
  'fsync',
  'fdatasync',
  'ftruncate',
  'unlink',
  'rename',
  'write',
] as const;
export type CrashCall = (typeof crashCalls)[number];

/** Calls that can fail without the core's being killed: of the disk alone. */
export const diskCalls = [...crashCalls, 'openat', 'mkdir', 'chmod'] as const;
export type DiskCall = (typeof diskCalls)[number];

/**
 * `when` counts from 1 within the main thread; the call itself does not happen. Without `error` the process is killed there,
 * with it the call fails and the core must end by itself, refuse, or go on unharmed.
 */
export type CrashPoint = {
  call: DiskCall;
  when: number;
  error?: 'EIO' | 'ENOSPC';
  /** Every such call from then on fails. */
  forGood?: boolean;
  /** Only calls on the files of the state and key directories count. */
  diskOnly?: boolean;
};

/** sysexits EX_SOFTWARE: how the core ends when it can't trust its disk (core/main.ts). */
export const EXIT_DEFECT = 70;
/** EX_USAGE: also where the state directory can't be made. */
export const EXIT_USAGE = 64;

export type TracedCore = {
  child: ChildProcess;
  /** True when it serves its socket, false when it died before. */
  ready: Promise<boolean>;
  exited: Promise<number | string>;
  log(): string;
};

const mainFile = fileURLToPath(new URL('../../core/main.ts', import.meta.url));

/** The files that strace watches for: it knows a file by its whole name only. */
function filesOf(stateDirectory: string): string[] {
  const keys = `${stateDirectory}-keys`;
  const own = ['journal.db', 'journal.db-journal', 'journal.db-wal', 'head', 'lock.db', 'lock.db-journal'];
  const other = [
    'lock.holder',
    'tokens.json',
    'tokens.json.new',
    'control.sock',
    'inputs',
    'inputs/00000001.ndjson',
  ];
  const inState = ['', ...own, ...other].map((name) => join(stateDirectory, name));
  return [...inState, keys, join(keys, 'queue.key'), join(keys, 'queue.key.new')];
}

type Tracing = { stateDirectory: string; point?: CrashPoint; report?: string; diskOnly?: boolean };

/**
 * `-D`: strace runs as a grandchild, so that the process started here is the core itself. Not `--seccomp-bpf`: strace 6.1
 * then injects nothing.
 */
function straceArguments({ stateDirectory, point, report, diskOnly }: Tracing): string[] {
  const isDiskOnly = diskOnly ?? point?.diskOnly ?? false;
  const files = isDiskOnly ? filesOf(stateDirectory).flatMap((file) => ['-P', file.replace(/\/$/, '')]) : [];
  const common = ['-D', '-f', '-qq', '-o', report ?? '/dev/null', ...files];
  if (!point) return [...common, '-y', '-e', `trace=${(isDiskOnly ? diskCalls : crashCalls).join(',')}`];
  const { call, when, error, forGood } = point;
  const what = error === undefined ? 'signal=KILL' : `error=${error}`;
  const nth = forGood === true ? `${when}+` : String(when);
  return [...common, '-e', `trace=${call}`, '-e', `inject=${call}:${what}:when=${nth}`];
}

/** Its standard error is a pipe. */
export function watched(child: ChildProcess & { stderr: Readable }): TracedCore {
  const lines: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => (code as number | null) ?? (signal as string));
  const served = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('core ready')) resolve(true);
    });
  });
  return {
    child,
    exited,
    ready: Promise.race([served, exited.then(() => false)]),
    log: () => lines.join('\n'),
  };
}

export function startTracedCore(options: {
  configFile: string;
  stateDirectory: string;
  point?: CrashPoint;
  report?: string;
  diskOnly?: boolean;
}): TracedCore {
  const core = [mainFile, '--config', options.configFile, '--state', options.stateDirectory];
  const child = spawn('strace', [...straceArguments(options), process.execPath, ...core], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return watched(child);
}

/** How often the main thread made each call, from a report of strace. */
export function countCalls(report: string, pid: number): Record<CrashCall, number> {
  const counts = Object.fromEntries(crashCalls.map((call) => [call, 0])) as Record<CrashCall, number>;
  for (const line of readFileSync(report, 'latin1').split('\n')) {
    const match = /^(\d+) +(\w+)\(/.exec(line);
    const call = crashCalls.find((one) => one === match?.[2]);
    if (call !== undefined && Number(match?.[1]) === pid) counts[call] += 1;
  }
  return counts;
}

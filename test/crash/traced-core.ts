// The core under strace: counted (which calls it makes), or killed at the entry of one of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
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

/**
 * `when` counts from 1 within the main thread; the call itself does not happen. Without `error` the process is killed there,
 * with it the call fails and the core must end by itself.
 */
export type CrashPoint = { call: CrashCall; when: number; error?: 'EIO' | 'ENOSPC' };

/** sysexits EX_SOFTWARE: how the core ends when it can't trust its disk (core/main.ts). */
export const EXIT_DEFECT = 70;

export type TracedCore = {
  child: ChildProcess;
  /** True when it serves its socket, false when it died before. */
  ready: Promise<boolean>;
  exited: Promise<number | string>;
  log(): string;
};

const mainFile = fileURLToPath(new URL('../../core/main.ts', import.meta.url));

/**
 * `-D`: strace runs as a grandchild, so that the process started here is the core itself. Not `--seccomp-bpf`: strace 6.1
 * then injects nothing.
 */
function straceArguments(options: { point?: CrashPoint; report?: string }): string[] {
  const common = ['-D', '-f', '-qq', '-o', options.report ?? '/dev/null'];
  if (!options.point) return [...common, '-e', `trace=${crashCalls.join(',')}`];
  const { call, when, error } = options.point;
  const what = error === undefined ? 'signal=KILL' : `error=${error}`;
  return [...common, '-e', `trace=${call}`, '-e', `inject=${call}:${what}:when=${when}`];
}

export function startTracedCore(options: {
  configFile: string;
  stateDirectory: string;
  point?: CrashPoint;
  report?: string;
}): TracedCore {
  const core = [mainFile, '--config', options.configFile, '--state', options.stateDirectory];
  const child = spawn('strace', [...straceArguments(options), process.execPath, ...core], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
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

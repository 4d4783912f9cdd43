// Runs the core as its own process, headless, the way `npm run core` does, with the memory settings that the kiosk gives it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { coreMemory, coreNodeFlags } from '../../main/core-memory.ts';

export type CoreProcess = {
  pid: number;
  child: ChildProcess;
  /** Everything it wrote to stderr so far. */
  log(): string;
  /** Resolves with the exit code or signal. */
  exited: Promise<number | string>;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

const mainFile = fileURLToPath(new URL('../../core/main.ts', import.meta.url));

/** Resolves when the core serves its control socket. @throws Error with its log when it ends before. */
export async function startCoreProcess(options: {
  configFile: string;
  stateDirectory: string;
  env?: Record<string, string>;
  /** A command that runs what follows it, in a network namespace say; it must become that process. */
  within?: readonly string[];
}): Promise<CoreProcess> {
  const core = [
    process.execPath,
    ...coreNodeFlags,
    mainFile,
    '--config',
    options.configFile,
    '--state',
    options.stateDirectory,
  ];
  const [command = '', ...args] = [...(options.within ?? []), ...core];
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...coreMemory, ...options.env },
  });
  const lines: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => (code as number | null) ?? (signal as string));
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('core ready')) resolve();
    });
  });
  const log = () => lines.join('\n');
  await Promise.race([
    ready,
    exited.then((code) => {
      throw new Error(`the core ended (${code}) before it was ready:\n${log()}`);
    }),
  ]);
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await exited;
  };
  return { pid: child.pid ?? -1, child, log, exited, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

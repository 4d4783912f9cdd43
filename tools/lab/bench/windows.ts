// Electron windows that a starter opens, each a process of its own: a till and the lab's bench. None outlives this process.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { electronRuntime } from '../runtime.ts';

export type LabWindow = {
  /** Resolves with the exit code when the window is closed, or its process ends some other way. */
  closed: Promise<number>;
  /** Asks it to end; resolves when it has. */
  close(): Promise<void>;
};

const root = resolve(import.meta.dirname, '../../..');

/**
 * Ends the window when stdin closes without a word: we hold the other end, so the kernel does it however we die. A line
 * means that the window is gone already, and its number may be somebody else's by now.
 */
const watcher = 'read -r line || kill "$1"';

function guard(child: ChildProcess): void {
  const sentinel = spawn('/bin/sh', ['-c', watcher, 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A session of its own: a Ctrl-C meant for us must not end the sentinel before its work.
    detached: true,
  });
  const { stdin } = sentinel;
  stdin?.on('error', () => stdin.destroy());
  child.once('exit', () => stdin?.end('gone\n'));
}

export type WindowOptions = {
  args: readonly string[];
  /** Chromium's debugging port, for tests and pictures: the number stands in DevToolsActivePort of its profile. */
  isDebugged: boolean;
};

export function openElectron(options: WindowOptions): LabWindow {
  // Electron refuses to run as root with its sandbox; another user runs with it (docs/testing.md).
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const debugging = options.isDebugged ? ['--remote-debugging-port=0'] : [];
  const child = spawn(
    resolve(electronRuntime().distPath, 'electron'),
    [...sandbox, ...debugging, ...options.args],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  guard(child);
  const closed = once(child, 'exit').then(([code]) => (code as number | null) ?? 1);
  return {
    closed,
    close: async () => {
      child.kill();
      await closed;
    },
  };
}

export function openKioskWindow(
  shop: { configFile: string; stateDirectory: string },
  isDebugged: boolean,
): LabWindow {
  return openElectron({
    args: [root, '--config', shop.configFile, '--state', shop.stateDirectory],
    isDebugged,
  });
}

export function openBenchWindow(
  bench: { socket: string; paper: string; profile: string },
  isDebugged: boolean,
): LabWindow {
  const { socket, paper, profile } = bench;
  return openElectron({
    // Chromium's remarks about a bus that nobody needs are the kiosk's to make, once.
    args: [
      '--log-level=3',
      resolve(root, 'dist/lab/window.cjs'),
      '--socket',
      socket,
      '--paper',
      paper,
      '--profile',
      profile,
    ],
    isDebugged,
  });
}

// A display for machines without one: Xvfb, on a number that it chooses itself. It never outlives this process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Display = { name: string; stop(): Promise<void> };

/**
 * Ends Xvfb when stdin ends. We hold the other end, so the kernel ends it for us however we die, SIGKILL included.
 * `exec 3>&-` leaves Xvfb alone with the pipe of its display number: when that closes silently, Xvfb has failed.
 */
const watcher = 'Xvfb "$@" & exec 3>&-; cat >/dev/null; kill $!; wait';

/** @throws Error when Xvfb ends before it serves (not installed: `apt-get install xvfb`). */
export async function startDisplay(size: { width: number; height: number }): Promise<Display> {
  const screen = `${size.width}x${size.height}x24`;
  // Without -noreset the server starts anew whenever its last client leaves: Chromium's first probe of the display does,
  // and its GPU process, connecting in that moment, dies, and the page waits for it for ever.
  const xvfb = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'];
  const child = spawn('/bin/sh', ['-c', watcher, 'sh', ...xvfb], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    // A session of its own: a Ctrl-C or a hang-up meant for us must not end the watcher before its work.
    detached: true,
  });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin?.destroy();
    await gone;
  };
  const pipe = child.stdio[3];
  if (!pipe) throw new Error('Xvfb has no pipe for its display number');
  const lines = createInterface({ input: pipe as NodeJS.ReadableStream });
  const line = once(lines, 'line');
  const silent = once(lines, 'close').then(() => undefined);
  const [number] = (await Promise.race([line, silent])) ?? [];
  if (number === undefined) {
    await stop();
    throw new Error('Xvfb ended before it served: is it installed?');
  }
  return { name: `:${number}`, stop };
}

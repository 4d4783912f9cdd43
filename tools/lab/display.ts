// A display for machines without one: Xvfb, on a number that it chooses itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Display = { name: string; stop(): Promise<void> };

/** @throws Error when Xvfb ends before it serves (not installed: `apt-get install xvfb`). */
export async function startDisplay(size: { width: number; height: number }): Promise<Display> {
  const screen = `${size.width}x${size.height}x24`;
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const pipe = child.stdio[3];
  if (!pipe) throw new Error('Xvfb has no pipe for its display number');
  const line = once(createInterface({ input: pipe as NodeJS.ReadableStream }), 'line');
  const [number] = (await Promise.race([
    line,
    gone.then(() => Promise.reject(new Error('Xvfb ended before it served: is it installed?'))),
  ])) as [string];
  return {
    name: `:${number}`,
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

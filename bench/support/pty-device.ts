// A serial device and a bare reader of one, both in C, so that their own time is next to nothing.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fromNanoseconds } from './monotonic.ts';

export type PtyDevice = {
  path: string;
  /** Sends one frame; when its first byte left, on the monotonic clock. */
  send(text: string): Promise<number>;
  stop(): Promise<void>;
};

export type BareReader = {
  /** When the next frame is whole. Ask before it is sent. */
  next(): Promise<number>;
  stop(): Promise<void>;
};

type Program = { child: ChildProcessByStdio<Writable, Readable, null>; lines: Interface };

/** Resolves with the program's first line. */
async function start(file: string, args: readonly string[]): Promise<Program & { first: string }> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  return { child, lines, first };
}

async function nextLine({ lines }: Program): Promise<number> {
  const [line] = (await once(lines, 'line')) as [string];
  return fromNanoseconds(line);
}

async function end({ child }: Program): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

export async function startPtyDevice(program: string): Promise<PtyDevice> {
  const running = await start(program, []);
  return {
    path: running.first,
    send: (text) => {
      const sent = nextLine(running);
      running.child.stdin.write(`${text}\n`);
      return sent;
    },
    stop: () => end(running),
  };
}

export async function startBareReader(program: string, path: string): Promise<BareReader> {
  const running = await start(program, [path]);
  return { next: () => nextLine(running), stop: () => end(running) };
}

// Starts a packed program, keeps what it says, and looks from outside at what it listens on.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Program = {
  child: ChildProcess;
  said(): string;
  /** Resolves with the first group of the first match in what it says. @throws Error when it ends before */
  says(pattern: RegExp): Promise<string>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  stop(): Promise<number | string>;
};

export function startProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      child.emit('said');
    });
  const ended = once(child, 'close').then(([code, signal]) => (code as number | null) ?? (signal as string));
  return {
    child,
    said: () => text,
    ended,
    async says(pattern) {
      let isEnded = false;
      const end = ended.then(() => {
        isEnded = true;
      });
      for (;;) {
        const found = pattern.exec(text);
        if (found) return found[1] ?? found[0];
        if (isEnded) throw new Error(`it ended without saying ${pattern}:\n${text}`);
        await Promise.race([once(child, 'said'), end]);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      return await ended;
    },
  };
}

/** A process that ended between the listing and the reading has nothing more to tell. */
function ifThere<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return otherwise;
    throw error;
  }
}

function parentOf(pid: string): string {
  const stat = ifThere(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}

/** The process and all below it. */
export function family(pid: number): string[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((each) => [each, parentOf(each)]),
  );
  const found = [String(pid)];
  for (const one of found) for (const [each, parent] of parents) if (parent === one) found.push(each);
  return found;
}

/** TCP ports on which the process or one below it listens now. */
export function listeningPorts(pid: number): number[] {
  const sockets = family(pid).flatMap((each) => {
    const folder = `/proc/${each}/fd`;
    return ifThere(() => readdirSync(folder), []).map((fd) =>
      ifThere(() => readlinkSync(`${folder}/${fd}`), ''),
    );
  });
  const LISTEN = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((row) => row[3] === LISTEN && sockets.includes(`socket:[${row[9]}]`))
      .map((row) => Number.parseInt(row[1]?.split(':')[1] ?? '', 16)),
  );
}

/** Whether a process has a handler of its own for a signal, by the kernel's word. */
export function catchesSignal(pid: number, signal: number): boolean {
  const mask = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (mask === undefined) throw new Error(`/proc/${pid}/status tells no signals`);
  return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}

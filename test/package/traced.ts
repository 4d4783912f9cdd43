// Runs a program to its end under strace: every TCP port that it or a child of it ever took, however short.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIMIT_ms = 60_000;

export type Traced = { code: number | null; said: string; ports: number[] };

/** Where the kernel granted a bind to an internet address; `listen` alone would take a port of its own choice: 0. */
function portsIn(trace: string): number[] {
  const binds = trace.matchAll(/bind\(\d+, \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\)/g);
  return [...binds].map(([, port]) => Number(port));
}

export function runTraced(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Traced {
  const folder = mkdtempSync(join(tmpdir(), 'yima-trace-'));
  const log = join(folder, 'trace');
  try {
    const strace = ['-f', '-qq', '-s', '1', '-e', 'trace=bind,listen', '-o', log, file, ...args];
    const run = spawnSync('strace', strace, { env, encoding: 'utf8', timeout: LIMIT_ms });
    return { code: run.status, said: run.stderr, ports: portsIn(readFileSync(log, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return address.port;
}

// Times a program from its spawn to a line on its stderr, and ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const DEADLINE_ms = 60_000;

/** Milliseconds. Resolves when the program has ended. @throws Error with its last lines when the line never comes. */
export async function msUntilLine(
  file: string,
  args: readonly string[],
  { starts, env }: { starts: string; env?: NodeJS.ProcessEnv },
): Promise<number> {
  const started_ms = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], env: env ?? process.env });
  const gone = once(child, 'exit');
  const overdue = setTimeout(() => child.kill('SIGKILL'), DEADLINE_ms);
  const said: string[] = [];
  let took_ms: number | null = null;
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (took_ms !== null || !line.startsWith(starts)) continue;
    took_ms = performance.now() - started_ms;
    child.kill('SIGTERM');
  }
  await gone;
  clearTimeout(overdue);
  if (took_ms === null) throw new Error(`${file} never said "${starts}":\n${said.slice(-5).join('\n')}`);
  return took_ms;
}

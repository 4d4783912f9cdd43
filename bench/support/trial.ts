// Runs a trial (bench/trials) in a process of its own: a clean heap, its own preloaded library, one JSON result on stdout.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** `slowSync`: the compiled library that adds `delay_ms` to every sync. */
export type TrialOptions = {
  slowSync?: { library: string; delay_ms: number };
  nodeFlags?: readonly string[];
};

/** No trial takes as long; one that does hangs. */
const DEADLINE_ms = 600_000;

export function trialFile(name: string): string {
  return fileURLToPath(new URL(`../trials/${name}.ts`, import.meta.url));
}

function environmentOf({ slowSync }: TrialOptions): NodeJS.ProcessEnv {
  if (slowSync === undefined) return process.env;
  return {
    ...process.env,
    LD_PRELOAD: slowSync.library,
    YIMA_BENCH_SYNC_DELAY_ms: String(slowSync.delay_ms),
  };
}

/** @throws Error when the trial fails; what it wrote to stderr was shown. */
export async function runTrial(name: string, input: object, options: TrialOptions = {}): Promise<unknown> {
  const args = [...(options.nodeFlags ?? []), trialFile(name), JSON.stringify(input)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environmentOf(options),
  });
  const overdue = setTimeout(() => child.kill('SIGKILL'), DEADLINE_ms);
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text += chunk;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(overdue);
  if (code !== 0) throw new Error(`trial ${name} ended with ${code ?? signal}`);
  return JSON.parse(text);
}

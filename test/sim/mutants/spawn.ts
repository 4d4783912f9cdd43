// The product, as it is or with one mutant, in a process of its own.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Clean } from './clean.ts';
import type { Hunt } from './hunt.ts';

const run = promisify(execFile);
const preload = fileURLToPath(new URL('./plant.ts', import.meta.url));
const hunter = fileURLToPath(new URL('./child.ts', import.meta.url));
const cleaner = fileURLToPath(new URL('./clean.ts', import.meta.url));
/** Far more than 400 seeds take: what is not back then hangs. */
const LONGEST_ms = 60 * 60_000;

async function answerOf(script: string, seeds: readonly number[], mutant: string | null): Promise<unknown> {
  const planted = mutant === null ? [] : ['--import', preload];
  const { stdout } = await run(process.execPath, [...planted, script, seeds.join()], {
    env: { ...process.env, YIMA_TEST_MUTANT: mutant ?? '' },
    timeout: LONGEST_ms,
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** @throws Error when the process ends otherwise than by its answer: a mutant that does not start. */
export async function huntAside(mutant: string, seeds: readonly number[]): Promise<Hunt> {
  return (await answerOf(hunter, seeds, mutant)) as Hunt;
}

export async function cleanAside(seeds: readonly number[]): Promise<Clean> {
  return (await answerOf(cleaner, seeds, null)) as Clean;
}

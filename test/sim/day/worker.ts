// One process of a run over many seeds: takes a seed, tells what became of it, asks for the next.
import { runSeed } from './run.ts';
import type { SeedLine } from './tally.ts';

export type Task = { seed: number; isTwice: boolean };

/** Twice: the same seed must tell the same story. */
export function lineOf({ seed, isTwice }: Task): SeedLine {
  const result = runSeed(seed);
  const isStable = !isTwice || runSeed(seed).hash === result.hash;
  return { ...result, counts: [...result.counts], isStable };
}

if (process.send !== undefined) {
  // Ctrl+C reaches the whole group; the parent lets this one finish its seed.
  process.on('SIGINT', () => undefined);
  process.on('message', (task: Task) => process.send?.(lineOf(task)));
  process.send('ready');
}

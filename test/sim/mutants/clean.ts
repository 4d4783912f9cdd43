// The child process of the product as it is: lives through each seed twice and prints those that break a promise, or whose two runs differ.
import { runSeed } from '../day/run.ts';

export type Clean = { seeds: number; broken: { seed: number; detail: string }[]; unstable: number[] };

const found: Clean = { seeds: 0, broken: [], unstable: [] };
for (const seed of (process.argv[2] ?? '').split(',').map(Number)) {
  const { violation, hash } = runSeed(seed);
  found.seeds += 1;
  if (violation !== null) found.broken.push({ seed, detail: violation.detail.slice(0, 300) });
  if (runSeed(seed).hash !== hash) found.unstable.push(seed);
}
process.stdout.write(`${JSON.stringify(found)}\n`);

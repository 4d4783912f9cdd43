// The seeds of a bounded run: other ones with each commit, the same ones for the same commit.
import { execFileSync } from 'node:child_process';

/** A whole number below a million from the commit's name; 1 where there is no git. */
export function commitSeed(): number {
  try {
    const name = execFileSync('git', ['rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number.parseInt(name.slice(0, 5), 16) % 1_000_000;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return 1;
    throw error;
  }
}

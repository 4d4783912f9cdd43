// Seeded chance, and the seed that a commit stands for: runs differ from commit to commit and can be repeated.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';

export { generator } from '../../fixtures/codes.ts';

/** Where there is no git (an unpacked archive), always the same. */
export function seedOfCommit(): number {
  let commit = 'no git';
  try {
    commit = execFileSync('git', ['rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return Number.parseInt(hash('sha256', commit.trim()).slice(0, 8), 16);
}

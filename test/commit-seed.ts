// The seed of a bounded run: another one with each commit, the same one for the same commit.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { generator } from '../fixtures/codes.ts';

/** A whole number below a million; always the same where there is no git (an unpacked archive). */
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
  return Number.parseInt(hash('sha256', commit.trim()).slice(0, 8), 16) % 1_000_000;
}

/** `count` of the items, others with each commit; which ones is for the caller to say where a test fails. */
export function drawnByCommit<Item>(items: readonly Item[], count: number, what: string): Item[] {
  const random = generator(seedOfCommit() + Number.parseInt(hash('sha256', what).slice(0, 8), 16));
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ item }) => item);
}

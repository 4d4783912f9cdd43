// Proves by strace what the pragmas only claim: every commit is one sync of the disk, on a new file and on a reopened one.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../fixtures/databases/commit-times.ts', import.meta.url));
const mutant = fileURLToPath(new URL('../fixtures/databases/without-full.ts', import.meta.url));
const DEADLINE_ms = 120_000;

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-sync-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Syncs of all threads of one run of the script that commits `commits` times. */
function syncs(state: string, commits: number, preload: readonly string[] = []): number {
  const report = join(directory, 'strace.txt');
  const tracing = ['-f', '-c', '-e', 'trace=fsync,fdatasync,sync_file_range', '-o', report];
  const run = spawnSync('strace', [...tracing, process.execPath, ...preload, script, state, String(commits)]);
  expect(run.stderr.toString()).toBe('');
  expect(run.signal).toBe('SIGKILL');
  return readFileSync(report, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => /^(fsync|fdatasync|sync_file_range)$/.test(fields.at(-1) ?? ''))
    .reduce((sum, fields) => sum + Number(fields[3]), 0);
}

describe('syncs per commit', () => {
  it('strace is there', () => {
    expect(execFileSync('strace', ['-V']).toString()).toContain('strace');
  });

  it('are exactly one, on a new database and on a reopened one', { timeout: DEADLINE_ms }, () => {
    const [none, some] = [join(directory, 'none'), join(directory, 'some')];
    expect(syncs(some, 20) - syncs(none, 0)).toBe(20);
    expect(syncs(some, 21) - syncs(some, 1)).toBe(20);
  });

  it('are none when FULL is not set: the measurement sees the trap', { timeout: DEADLINE_ms }, () => {
    const [none, some] = [join(directory, 'none'), join(directory, 'some')];
    const preload = ['--import', mutant];
    const first = syncs(some, 20, preload) - syncs(none, 0, preload);
    const again = syncs(some, 21, preload) - syncs(some, 1, preload);
    expect(again).toBe(0);
    expect(first).toBe(0);
  });
});

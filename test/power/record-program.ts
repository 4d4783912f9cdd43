// Runs a small program of ours under the write log, without a shop around it: for the store alone.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileWriteLog } from '../../fixtures/disk/compile.ts';
import type { Files } from './disk-view.ts';
import { readLog } from './log.ts';
import type { Recording } from './record.ts';

/** Opens the store in a directory, commits so many times and dies. */
const program = fileURLToPath(new URL('../../fixtures/databases/commit-times.ts', import.meta.url));

export type ProgramRecording = Recording & { before: Files };

/**
 * What lies in the directory `s` below `base` is safe before it begins; called again, the log goes on. `failingSync`: which
 * sync of a file fails.
 */
export function recordCommits(base: string, commits: number, failingSync = 0): ProgramRecording {
  const state = join(base, 's');
  const before = new Map([...filesIn(state), ...filesIn(`${state}-keys`)]);
  const log = join(base, 'disk.log');
  const run = spawnSync(process.execPath, [program, state, String(commits)], {
    encoding: 'utf8',
    env: {
      ...process.env,
      LD_PRELOAD: compileWriteLog(),
      DISK_LOG: log,
      DISK_LOG_WATCH: `${state}:${state}-keys`,
      DISK_LOG_FAIL: String(failingSync),
    },
  });
  if (run.signal !== 'SIGKILL') throw new Error(`the program ended with ${run.status}:\n${run.stderr}`);
  return { entries: readLog(log), base, state, keys: `${state}-keys`, printerPort: 0, before };
}

function filesIn(directory: string): Files {
  try {
    return new Map(
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}

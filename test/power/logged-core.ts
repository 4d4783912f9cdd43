// The core under the write log (fixtures/disk/write-log.c): as it is, or with a mistake planted, or killed at a change of the disk.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileWriteLog } from '../../fixtures/disk/compile.ts';
import { type TracedCore, watched } from '../crash/traced-core.ts';
import type { Mistake } from './mistakes.ts';

const coreFile = fileURLToPath(new URL('../../core/main.ts', import.meta.url));
const plantPreload = fileURLToPath(new URL('./plant.ts', import.meta.url));
const notesPreload = fileURLToPath(new URL('./notes.ts', import.meta.url));

export type LoggedTarget = {
  configFile: string;
  state: string;
  /** The write log's file; notes lie beside it. */
  log: string;
  /** A mistake planted into the product. */
  planted?: Mistake | undefined;
  /** Killed before so manieth change of the disk. */
  stopAt?: number;
};

export function startLoggedCore({ configFile, state, log, planted, stopAt }: LoggedTarget): TracedCore {
  const preloads = [notesPreload, ...(planted === undefined ? [] : [plantPreload])];
  const imports = preloads.flatMap((file) => ['--import', file]);
  const args = [...imports, coreFile, '--config', configFile, '--state', state];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: compileWriteLog(),
      DISK_LOG: log,
      DISK_LOG_WATCH: `${state}:${state}-keys`,
      DISK_LOG_NOTES: `${log}.notes`,
      ...(planted === undefined ? {} : { YIMA_TEST_MISTAKE: planted }),
      ...(stopAt === undefined ? {} : { DISK_LOG_STOP: String(stopAt) }),
    },
  });
  return watched(child);
}

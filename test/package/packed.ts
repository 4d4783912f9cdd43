// Both packages for the tests: what `npm run package` makes, made anew once in a run.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Build, chooseBuild, packageFolder, readRuntime } from '../../tools/package/builds.ts';

export const root = resolve(import.meta.dirname, '../..');
export const runtime = readRuntime();

export type Packed = { build: Build; folder: string; program: string };

function packedAs(build: Build): Packed {
  const folder = packageFolder(build);
  return { build, folder, program: `${folder}/${build.name}` };
}

export const till = packedAs(chooseBuild(runtime, false));
export const testBuild = packedAs(chooseBuild(runtime, true));

let isPacked = false;

/** All specs run in one process, unless one fails. @throws Error with what the command said */
export function packBoth(): void {
  if (isPacked) return;
  for (const flag of ['0', '1']) {
    const env = { ...process.env, YIMA_TEST_BUILD: flag };
    const run = spawnSync(process.execPath, ['tools/package.ts'], { cwd: root, env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`packing failed:\n${run.stdout}${run.stderr}`);
  }
  isPacked = true;
}

/** Longer than the packing takes on the busiest machine. */
export const PACKING_ms = 300_000;

/** The switch without which Electron does not run as root; another user's sandbox stays on. */
export const sandbox: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

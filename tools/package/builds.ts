// Which build comes out: its name, its runtime and its dist/main. Only these differ from one build to another.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/paths.ts';

/** Written by tools/setup/runtime.mjs. */
export type Runtime = { kind: 'official' | 'npm-carried'; electron: string; distPath: string };

export type Build = {
  /** Of product, program and folder. */
  name: 'yima' | 'yima-dev' | 'yima-test';
  runtime: Runtime;
  /** The folder that becomes dist/main. */
  mainFolder: string;
  /** The runtime's own Node can't load the core's SQLite, so a Node for the core goes along. */
  hasOwnNode: boolean;
};

export function readRuntime(): Runtime {
  return JSON.parse(readFileSync(join(root, '.toolchain/runtime.json'), 'utf8')) as Runtime;
}

/** A third party's runtime never carries the name that a shop knows, and a build that can be driven neither. */
export function chooseBuild(runtime: Runtime, isTestBuild: boolean): Build {
  const shopName = runtime.kind === 'official' ? 'yima' : 'yima-dev';
  return {
    name: isTestBuild ? 'yima-test' : shopName,
    runtime,
    mainFolder: isTestBuild ? 'dist/test-build/main' : 'dist/main',
    hasOwnNode: runtime.kind !== 'official',
  };
}

export function packageFolder(build: Pick<Build, 'name'>): string {
  return join(root, 'out/package', build.name);
}

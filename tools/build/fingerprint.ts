// A hash over everything a build target is made of: its sources, the build itself and the locked packages.
import { createHash } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';
import type { Target } from './targets.ts';

const always = ['tools/build', 'tools/build.ts', 'package.json', 'package-lock.json'];

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (entries === null) return [path];
  const nested = await Promise.all(entries.map((entry) => filesUnder(`${path}/${entry.name}`)));
  return nested.flat();
}

/** True when every output of the target is there. */
export async function hasOutputs(target: Target): Promise<boolean> {
  const looks = target.outputs.map((output) =>
    access(join(root, output)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(looks)).every(Boolean);
}

/** Hex SHA-256; differs when a source, the build itself or a locked package has changed. */
export async function fingerprint(target: Target): Promise<string> {
  const lists = await Promise.all([...always, ...target.sources].map(filesUnder));
  const files = lists.flat().filter((file) => !/\.test\.tsx?$/.test(file));
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(await readFile(join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

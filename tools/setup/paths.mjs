// Where set-up keeps things. Everything it makes lies in node_modules or .toolchain, both git-ignored.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const toolchain = join(root, '.toolchain');
export const node24 = join(root, 'node_modules/.bin/node');

/** Read by main/, tools/ and tests: which Electron there is. Written last, so its presence means "complete". */
export const runtimeFile = join(toolchain, 'runtime.json');
/** Remembers that the official binary could not be had, so that it isn't asked for at each start. */
export const officialAttemptFile = join(toolchain, 'official-attempt.json');
export const carriedRuntime = join(toolchain, 'electron');
export const officialRuntime = join(root, 'node_modules/electron/dist');

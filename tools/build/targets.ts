// What is built from what. Sources are folders or files relative to the checkout; a target is rebuilt when one changes.
import { build as bundle, type BuildOptions } from 'esbuild';
import { root } from './paths.ts';
import { buildRenderer } from './renderer.ts';

export type Target = {
  name: string;
  sources: readonly string[];
  outputs: readonly string[];
  build: () => Promise<void>;
  /** Built only when named on the command line. */
  onRequest?: boolean;
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  legalComments: 'none',
  sourcemap: true,
  charset: 'utf8',
};

// These load native binaries or data files by their own path, so they stay packages beside the bundle.
const unbundled = [
  'better-sqlite3',
  'serialport',
  '@serialport/*',
  'node-hid',
  'escpos',
  'iconv-lite',
  'pino',
  'undici',
];

// Bundled CommonJS packages ask for `require`, which an ES module does not have by itself.
const requireForModules = [
  "import { createRequire as yimaCreateRequire } from 'node:module';",
  'const require = yimaCreateRequire(import.meta.url);',
].join('\n');

/** Node 20 is the oldest runtime that main and preload meet (Electron 33.2.1, the one that comes through npm). */
async function buildMain(): Promise<void> {
  const shared: BuildOptions = {
    ...common,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['electron'],
  };
  await bundle({ ...shared, entryPoints: ['main/main.ts'], outfile: 'dist/main/main.cjs' });
  await bundle({
    ...shared,
    entryPoints: ['main/preload.ts'],
    outfile: 'dist/main/preload.cjs',
    sourcemap: false,
  });
}

async function buildCore(): Promise<void> {
  await bundle({
    ...common,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    entryPoints: ['core/main.ts'],
    outfile: 'dist/core/core.mjs',
    external: unbundled,
    banner: { js: requireForModules },
  });
}

export const targets: readonly Target[] = [
  {
    name: 'main',
    sources: ['main', 'contract'],
    outputs: ['dist/main/main.cjs', 'dist/main/preload.cjs'],
    build: buildMain,
  },
  {
    name: 'core',
    sources: ['core', 'contract', 'db', 'drivers', 'acquirers'],
    outputs: ['dist/core/core.mjs'],
    build: buildCore,
  },
  {
    name: 'renderer',
    sources: ['renderer', 'contract'],
    outputs: ['dist/renderer/index.html'],
    build: () => buildRenderer('renderer', 'dist/renderer'),
  },
  {
    name: 'preview',
    sources: ['renderer', 'contract'],
    outputs: ['dist/preview/index.html'],
    build: () => buildRenderer('renderer/preview', 'dist/preview'),
    onRequest: true,
  },
];

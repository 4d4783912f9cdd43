// What is built from what. Sources are folders or files relative to the checkout; a target is rebuilt when one changes.
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild';
import { oldest } from './oldest.ts';
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
  'iconv-lite',
  'pino',
  'undici',
];

// Bundled CommonJS packages ask for `require`, which an ES module does not have by itself.
const requireForModules = [
  "import { createRequire as yimaCreateRequire } from 'node:module';",
  'const require = yimaCreateRequire(import.meta.url);',
].join('\n');

/** @param isTestBuild compiled in, so that nothing at run time can turn a shop's till into one that can be driven */
async function buildMain(folder: string, isTestBuild: boolean): Promise<void> {
  const shared: BuildOptions = { ...common, platform: 'node', format: 'cjs', external: ['electron'] };
  await bundle({
    ...shared,
    target: oldest.main,
    define: { YIMA_TEST_BUILD: String(isTestBuild) },
    entryPoints: ['main/main.ts'],
    outfile: `${folder}/main.cjs`,
  });
  await bundle({
    ...shared,
    target: oldest.page,
    entryPoints: ['main/preload.ts'],
    outfile: `${folder}/preload.cjs`,
    sourcemap: false,
  });
}

/** A module of its own beside the first file: the compile cache must be there before it is loaded. */
const mainApart: Plugin = {
  name: 'main-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.mjs', external: true }));
  },
};

async function buildCore(): Promise<void> {
  const shared: BuildOptions = {
    ...common,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outdir: 'dist/core',
    outExtension: { '.js': '.mjs' },
  };
  await bundle({ ...shared, entryPoints: { core: 'core/start.ts' }, plugins: [mainApart] });
  await bundle({
    ...shared,
    entryPoints: {
      main: 'core/main.ts',
      'verify-worker': 'db/verify-worker.ts',
      'reconcile-worker': 'core/reconcile-worker.ts',
      'batch-worker': 'core/batch-worker.ts',
    },
    external: unbundled,
    banner: { js: requireForModules },
  });
}

/** The lab's bench: a window of its own, no part of the product and not packed with it. */
async function buildLab(): Promise<void> {
  const shared: BuildOptions = {
    ...common,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['electron'],
    sourcemap: false,
  };
  await buildRenderer('fixtures/lab/page', 'dist/lab/page');
  await bundle({ ...shared, entryPoints: ['fixtures/lab/window/main.ts'], outfile: 'dist/lab/window.cjs' });
  await bundle({
    ...shared,
    entryPoints: ['fixtures/lab/window/preload.ts'],
    outfile: 'dist/lab/preload.cjs',
  });
}

export const targets: readonly Target[] = [
  {
    name: 'main',
    sources: ['main', 'contract'],
    outputs: ['dist/main/main.cjs', 'dist/main/preload.cjs'],
    build: () => buildMain('dist/main', false),
  },
  {
    name: 'core',
    sources: ['core', 'contract', 'db', 'drivers', 'acquirers', 'audit', 'reconciliation'],
    outputs: [
      'dist/core/core.mjs',
      'dist/core/main.mjs',
      'dist/core/verify-worker.mjs',
      'dist/core/reconcile-worker.mjs',
      'dist/core/batch-worker.mjs',
    ],
    build: buildCore,
  },
  {
    name: 'renderer',
    sources: ['renderer', 'contract'],
    outputs: ['dist/renderer/index.html', 'dist/renderer/customer.html'],
    build: () => buildRenderer('renderer', 'dist/renderer', ['index.html', 'customer.html']),
  },
  {
    name: 'lab',
    sources: ['fixtures/lab', 'contract'],
    outputs: ['dist/lab/window.cjs', 'dist/lab/preload.cjs', 'dist/lab/page/index.html'],
    build: buildLab,
  },
  {
    name: 'preview',
    sources: ['renderer', 'contract'],
    outputs: ['dist/preview/index.html'],
    build: () => buildRenderer('renderer/preview', 'dist/preview'),
    onRequest: true,
  },
  {
    name: 'test-build',
    sources: ['main', 'contract'],
    outputs: ['dist/test-build/main/main.cjs', 'dist/test-build/main/preload.cjs'],
    build: () => buildMain('dist/test-build/main', true),
    onRequest: true,
  },
];

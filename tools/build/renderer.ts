// The renderer's bundle: files only, nothing inline, so that the strict content security policy of app:// holds.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { oldest } from './oldest.ts';
import { root } from './paths.ts';

/** Bundles the pages `<folder>/<page>` into `outputFolder`, both relative to the checkout. */
export async function buildRenderer(
  folder: string,
  outputFolder: string,
  pages: readonly string[] = ['index.html'],
): Promise<void> {
  // Built aside and put in place at once: a window that opens meanwhile finds a whole page.
  const output = join(root, outputFolder);
  const aside = `${output}.${process.pid}`;
  await build({
    configFile: false,
    root: join(root, folder),
    base: './',
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    build: {
      outDir: aside,
      emptyOutDir: true,
      target: oldest.page,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      rolldownOptions: { input: pages.map((page) => join(root, folder, page)) },
      chunkSizeWarningLimit: 2000,
    },
  });
  await rm(output, { recursive: true, force: true });
  await rename(aside, output);
}

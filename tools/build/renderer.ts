// The renderer's bundle: files only, nothing inline, so that the strict content security policy of app:// holds.
import { join } from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { root } from './paths.ts';

/** Bundles the page `<folder>/index.html` into `outputFolder`, both relative to the checkout. */
export async function buildRenderer(folder: string, outputFolder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, folder),
    base: './',
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    build: {
      outDir: join(root, outputFolder),
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      chunkSizeWarningLimit: 2000,
    },
  });
}

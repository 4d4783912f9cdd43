// End to end: the real Electron window and the packed till, driven by Playwright. `npm run e2e` sets the runtime and the display.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/e2e',
  // One window at a time: focus and the display are shared.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
});

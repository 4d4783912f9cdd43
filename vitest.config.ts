// Unit and integration tests: beside the sources, and under test/. Playwright's own (*.spec.ts) are not run here.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '.cache/**', '.toolchain/**', 'dist/**', 'out/**', 'test/rules/bad/**'],
    pool: 'forks',
    // Most of the long ones wait for processes, printers and timers, not for a core; the default leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism()) + 1,
    // A hang is a failure, but a slow machine isn't: no test asserts on time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
  },
});

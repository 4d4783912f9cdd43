// Unit and integration tests: beside the sources, and under test/. Playwright's own (*.spec.ts) are not run here.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '.cache/**', '.toolchain/**', 'dist/**', 'out/**', 'test/rules/bad/**'],
    pool: 'forks',
    // A hang is a failure, but a slow machine isn't: no test asserts on time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
  },
});

// The linter, the compiler, the formatter and the search for dead code are each shown to object to a bad example under
// this repository's own configuration: a rule that is misspelt or matches no folder finds nothing and says nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const bad = join(import.meta.dirname, 'bad');
const copies: string[] = [];

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});

/** Copies a bad tree out of the repository, where it would be ignored, beside the repository's configuration. */
function copyOf(name: string, configuration: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'yima-bad-'));
  copies.push(copy);
  cpSync(join(bad, name), copy, { recursive: true });
  cpSync(join(root, configuration), join(copy, configuration));
  return copy;
}

/** stdout and stderr of a tool that must fail. */
function objections(cwd: string, tool: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', tool), ...parameters],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  expect(status, stdout + stderr).not.toBe(0);
  return stdout + stderr;
}

type Diagnostic = { filename: string; code: string; labels: { span: { line: number } }[] };

test('lint', () => {
  const copy = copyOf('lint', '.oxlintrc.json');
  const said = objections(copy, 'oxlint/bin/oxlint', '--type-aware', '--format=json');
  expect(said.trimStart().startsWith('{'), said).toBe(true);
  const { diagnostics } = JSON.parse(said) as { diagnostics: Diagnostic[] };
  const found = diagnostics.map(
    ({ filename, code, labels }) => `${filename}:${labels[0]?.span.line} ${code}`,
  );
  expect(found.toSorted()).toMatchInlineSnapshot(`
    [
      "contract/reaches-out.ts:1 eslint(no-restricted-imports)",
      "contract/reaches-out.ts:2 eslint(no-restricted-imports)",
      "core/domain/impure.ts:1 eslint(no-restricted-imports)",
      "core/domain/impure.ts:2 eslint(no-restricted-imports)",
      "core/domain/impure.ts:4 eslint(no-restricted-globals)",
      "core/domain/impure.ts:5 eslint(no-restricted-properties)",
      "core/domain/impure.ts:6 eslint(no-restricted-globals)",
      "core/domain/impure.ts:7 eslint(no-restricted-globals)",
      "core/domain/impure.ts:8 eslint(no-restricted-globals)",
      "core/domain/impure.ts:9 eslint(no-restricted-globals)",
      "core/engine/impure.ts:1 eslint(no-restricted-imports)",
      "core/engine/impure.ts:3 eslint(no-restricted-globals)",
      "core/engine/impure.ts:4 eslint(no-restricted-properties)",
      "core/engine/impure.ts:5 eslint(no-restricted-globals)",
      "db/promises.ts:10 typescript(no-misused-promises)",
      "db/promises.ts:6 typescript(no-floating-promises)",
      "db/values.ts:13 typescript(no-explicit-any)",
      "db/values.ts:14 eslint(no-unused-vars)",
      "db/values.ts:15 eslint(eqeqeq)",
      "db/values.ts:15 typescript(no-non-null-assertion)",
      "db/values.ts:21 eslint(no-empty)",
      "db/values.ts:22 typescript(only-throw-error)",
      "db/values.ts:4 typescript(switch-exhaustiveness-check)",
      "renderer/uses-node.ts:1 eslint(no-restricted-imports)",
      "renderer/uses-node.ts:2 eslint(no-restricted-imports)",
    ]
  `);
});

test.each(['domain', 'renderer'])('types of %s', (project) => {
  const said = objections(root, 'typescript/bin/tsc', '-p', `test/rules/bad/types/${project}.json`);
  const found = said.matchAll(/bad\/types\/(\S+)\((\d+),\d+\): error (TS\d+)/g);
  expect([...found].map(([, file, line, code]) => `${file}:${line} ${code}`)).toMatchSnapshot();
});

test('format', () => {
  const said = objections(copyOf('format', 'biome.json'), '@biomejs/biome/bin/biome', 'format');
  expect(said).toContain('core/untidy.ts');
});

test('dead code: a file, an export, a dependency', () => {
  const said = objections(copyOf('dead-code', 'knip.json'), 'knip/bin/knip.js', '--no-config-hints');
  expect(said).toMatch(/Unused files \(1\)\s+core\/unused\.ts/);
  expect(said).toMatch(/Unused dependencies \(1\)\s+zod/);
  expect(said).toMatch(/Unused exports \(1\)\s+neverUsed/);
});

test('the lock file is one that npm ci accepts: it names the packages of all platforms', () => {
  const check = ['tools/setup/complete-lock.mjs', '--check'];
  const { status, stdout } = spawnSync(process.execPath, check, { cwd: root, encoding: 'utf8' });
  expect(stdout).toMatch('0 packages of other platforms are missing');
  expect(status).toBe(0);
});

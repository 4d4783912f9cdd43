// `npm run check [step...]`: everything that can be judged without running the product. All steps run, whatever fails;
// the last line says how many did.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const packages = join(root, 'node_modules');

/** Each is started with Node. `repair` is what to do about a failure. */
const steps: readonly { name: string; parameters: readonly string[]; repair: string }[] = [
  {
    name: 'types',
    parameters: [join(packages, 'typescript/bin/tsc'), '-b'],
    repair: 'a type does not fit, or a folder uses what its environment lacks (tsconfig/)',
  },
  {
    name: 'lint',
    parameters: [join(packages, 'oxlint/bin/oxlint'), '--type-aware'],
    repair: 'rules and per-folder bans: .oxlintrc.json',
  },
  {
    name: 'format',
    parameters: [join(packages, '@biomejs/biome/bin/biome'), 'format', '--max-diagnostics=5'],
    repair: 'npm run format',
  },
  {
    name: 'boundaries',
    parameters: ['tools/check/run-boundaries.ts'],
    repair: 'who may import whom: .dependency-cruiser.cjs',
  },
  {
    name: 'dead code',
    parameters: [join(packages, 'knip/bin/knip.js'), '--no-config-hints'],
    repair: 'remove it, or name a new entry point in knip.json',
  },
  {
    name: 'tidy',
    parameters: [join(packages, 'vitest/vitest.mjs'), 'run', 'test/tidy.test.ts', 'test/rules'],
    repair: 'the rules stand in test/rules/',
  },
];

const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? steps : steps.filter(({ name }) => asked.includes(name));
if (chosen.length === 0)
  throw new Error(`no such step; there are: ${steps.map(({ name }) => name).join(', ')}`);

const failed = chosen.filter(({ name, parameters, repair }) => {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) console.log(`== ${name} FAILED: ${repair}`);
  return status !== 0;
});
const outcome = failed.length === 0 ? '' : `: ${failed.map(({ name }) => name).join(', ')}`;
console.log(`\ncheck: ${chosen.length - failed.length} steps passed, ${failed.length} failed${outcome}`);
process.exitCode = failed.length === 0 ? 0 : 1;

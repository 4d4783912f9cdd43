// Runs dependency-cruiser over a tree and says what it objects to, and whether it really saw the modules: a tool that
// resolves nothing finds nothing wrong.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const FOLDERS = [
  'acquirers',
  'audit',
  'bench',
  'contract',
  'core',
  'db',
  'drivers',
  'fixtures',
  'main',
  'reconciliation',
  'renderer',
  'test',
  'tools',
];

export type Boundaries = { modules: number; imports: number; violations: string[] };

/** @param tree absolute; laid out like this repository, whose own configuration applies */
export async function checkBoundaries(tree: string): Promise<Boundaries> {
  const require = createRequire(import.meta.url);
  const { forbidden, options } = require('../../.dependency-cruiser.cjs') as {
    forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
    options: ICruiseOptions;
  };
  const folders = FOLDERS.filter((folder) => existsSync(join(tree, folder)));
  const { output } = await cruise(folders, {
    ...options,
    baseDir: tree,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
  });
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter(({ source }) => FOLDERS.includes(source.split('/')[0] ?? ''));
  return {
    modules: own.length,
    imports: own.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}

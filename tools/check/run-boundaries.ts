// `node tools/check/run-boundaries.ts`: the import matrix of this repository, with a floor under what was seen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBoundaries } from './boundaries.ts';

const root = join(import.meta.dirname, '../..');
const floor = JSON.parse(readFileSync(join(root, 'test/floor.json'), 'utf8')) as {
  modules: number;
  imports: number;
};

const { modules, imports, violations } = await checkBoundaries(root);
for (const violation of violations) console.error(violation);
console.log(`${modules} modules and ${imports} imports seen, ${violations.length} violations`);
const blind = modules < floor.modules || imports < floor.imports;
if (blind)
  console.error(`too few seen: test/floor.json records ${floor.modules} modules, ${floor.imports} imports`);
process.exitCode = violations.length > 0 || blind ? 1 : 0;

// What a long run was a run of: one short hash over every source file that a simulated day is made of, the product's and the simulation's.
// A run of hours goes on under another commit as long as this is the same (long-run.ts).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const FIRST = join(import.meta.dirname, 'run.ts');

/** Of all static imports, types and tests of a path too; relative to the repository, in order. */
export function sourcesOf(first: string = FIRST): string[] {
  const found = new Set<string>();
  const waiting = [first];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
    for (const { fileName } of importedFiles)
      if (fileName.startsWith('.')) waiting.push(join(dirname(file), fileName));
  }
  return [...found].map((file) => relative(root, file)).toSorted();
}

/** Read by it, not imported (till.ts), and the packages. */
const alsoRead = ['docs/configuration.example.json', 'package-lock.json'];

/** Sixteen hexadecimal digits; another runtime is another version, too. */
export function versionOfDay(sources: readonly string[] = sourcesOf()): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...sources, ...alsoRead])
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

// Where each mutant was caught last: the short run begins with that seed. Written by `npm run sim:mutants -- --record`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Caught = Readonly<Record<string, { invariant: string; seed: number; needed: number }>>;

const file = join(import.meta.dirname, 'caught.json');

export function readCaught(): Caught {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Caught) : {};
}

/** What was not hunted this time stays. */
export function recordCaught(fresh: Caught): void {
  const all = Object.entries({ ...readCaught(), ...fresh }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

// A part of `npm run sim:mutants`: every mutant's text still stands in the product once, and six of them, other ones with each commit, are
// caught on the seeds that caught them last, which the product itself passes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chanceFor } from '../../month/random.ts';
import { seedOfCommit } from '../../commit-seed.ts';
import { runSeed } from '../day/run.ts';
import { readCaught } from './caught.ts';
import { mutated } from './change.ts';
import { huntAside } from './spawn.ts';
import { mutants } from './table.ts';

/** A mutant that never comes to rest is followed to the end of its day: a minute of a quiet processor. */
const LIMIT_ms = 600_000;
const DRAWN = 6;
/** Where the simulation has changed since the seed was recorded, one of these does. */
const SPARE_seeds = 40;
const root = join(import.meta.dirname, '..', '..', '..');
const caught = readCaught();

const chance = chanceFor(seedOfCommit(), 'mutants');
const drawn = mutants
  .map((mutant) => ({ mutant, at: chance.unit() }))
  .toSorted((a, b) => a.at - b.at)
  .map(({ mutant }) => mutant)
  .slice(0, DRAWN);

describe('mutants of the product', () => {
  it.each(mutants)('$name: its text stands in $file once, and is another afterwards', (mutant) => {
    const source = readFileSync(join(root, mutant.file), 'utf8');
    expect(mutated(source, mutant)).not.toBe(source);
  });

  it('have names of their own, and were all caught', () => {
    const names = mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(caught).toSorted()).toEqual(names.toSorted());
  });

  it.each(drawn)('$name is caught', { timeout: LIMIT_ms }, async ({ name }) => {
    const known = caught[name]?.seed ?? 1;
    const spare = Array.from({ length: SPARE_seeds }, (_, at) => at + 1).filter((seed) => seed !== known);
    const found = await huntAside(name, [known, ...spare]);
    expect(found.caught, `${name}: npm run sim:mutants -- --only ${name} --record`).not.toBeNull();
    // On the seed that caught it, by the promise that caught it: not by something that any mistake breaks.
    if (found.caught?.seed === known) expect(found.caught.invariant).toBe(caught[name]?.invariant);
    expect(runSeed(found.caught?.seed ?? 0).violation).toBeNull();
  });
});

// Every released schema's database is carried over with the power cut on the way; the future's is refused.
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cutMigration, futureProblems, releasedSchemas } from './migrations.ts';
import { scratch } from './scratch.ts';
import { seedOfCommit } from '../commit-seed.ts';

let directory = '';
beforeEach(() => {
  directory = scratch();
});
afterEach(() => rmSync(directory, { recursive: true }));

it.each(releasedSchemas)('schema %i becomes the newest, wherever the power goes', (schema) => {
  const result = cutMigration(schema, directory, { seed: seedOfCommit(), every: 2, subsets: 2, torn: 3 });
  expect(result.violations).toEqual([]);
  expect(result.images).toBeGreaterThan(10);
});

it('a database from the future is refused, untouched', () => {
  expect(futureProblems(directory)).toEqual([]);
});

// A part of the power sweep (the whole: `node test/crash/main.ts --part power`), its moments chosen by the commit; and mistakes
// planted into the product, each of which the cuts must find.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CutOptions, cutPower } from './cut.ts';
import type { Mistake } from './mistakes.ts';
import { record } from './record.ts';
import { scratch } from './scratch.ts';
import { seedOfCommit } from '../commit-seed.ts';

const DEADLINE_ms = 240_000;

const seed = seedOfCommit();
const directory = scratch();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const sample: Omit<CutOptions, 'directory' | 'from'> = { seed, every: 20, subsets: 2, torn: 3 };

/** What is always tried, without chance: a mistake must show in it. */
const bare = { seed, every: 5, from: 0, subsets: 0, torn: 0 };

it('a till that sells knows after any power cut what it had told', { timeout: DEADLINE_ms }, async () => {
  process.stdout.write(`power seed ${seed}\n`);
  const place = join(directory, 'sound');
  const recording = await record(place, { length: 'restart' });
  const options = { ...sample, from: seed % sample.every, directory: place };
  const result = cutPower(recording, options);
  expect(result.violations).toEqual([]);
  expect(result.images).toBeGreaterThan(50);
});

it.each<{ planted: Mistake; finding: RegExp }>([
  { planted: 'synchronousNormal', finding: /acknowledged record \d+ is lost/ },
  { planted: 'headBeforeCommit', finding: /refused: E-DB-03/ },
  { planted: 'sentWithoutMark', finding: /openings that count as sent|not marked as sent/ },
])('finds $planted', { timeout: DEADLINE_ms }, async ({ planted, finding }) => {
  const place = join(directory, planted);
  const recording = await record(place, { length: 'sale', planted });
  const result = cutPower(recording, { ...bare, directory: place, stopAt: finding });
  expect(result.violations.flatMap(({ problems }) => problems).join('\n')).toMatch(finding);
});

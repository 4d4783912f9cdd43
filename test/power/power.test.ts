// A part of the power sweep (the whole: `node test/crash/main.ts --part power`), its moments chosen by the commit; and mistakes
// planted into the product, each of which the cuts must find.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CutOptions, cutPower } from './cut.ts';
import type { Mistake } from './mistakes.ts';
import { record } from './record.ts';
import { seedOfCommit } from './seed.ts';

const DEADLINE_ms = 240_000;
/** Longer than all of it takes on a free machine; what a busy one does not reach is another commit's. */
const SHARE_ms = 5000;

const seed = seedOfCommit();
const directory = mkdtempSync(join(tmpdir(), 'yima-power-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const sample: Omit<CutOptions, 'directory' | 'from'> = { seed, every: 7, subsets: 2, torn: 3 };

it('a till that sells knows after any power cut what it had told', { timeout: DEADLINE_ms }, async () => {
  process.stdout.write(`power seed ${seed}\n`);
  const place = join(directory, 'sound');
  const recording = await record(place, { isShort: true });
  const until_ms = performance.now() + SHARE_ms;
  const options = { ...sample, from: seed % sample.every, directory: place, until_ms };
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
  const recording = await record(place, { isShort: true, planted });
  const result = cutPower(recording, { ...sample, every: 5, from: 0, directory: place, stopAt: finding });
  expect(result.violations.flatMap(({ problems }) => problems).join('\n')).toMatch(finding);
});

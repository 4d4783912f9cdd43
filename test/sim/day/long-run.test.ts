// A run that is kept: stopped anywhere it goes on, and comes to what one run in one go comes to; never over another version.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keepRun, newRun, readRun } from './long-run.ts';
import { runSeeds } from './many.ts';
import { sourcesOf, versionOfDay } from './version.ts';
import { lineOf } from './worker.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-long-run-'));
const file = join(directory, 'run.json');
const range = { from: 1, to: 5 };
const quiet = {
  workers: 2,
  twice: false,
  say: () => undefined,
  tell: () => undefined,
  keep: () => undefined,
};

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function inOrder(run: ReturnType<typeof newRun>) {
  const { counts, ...sums } = run.tally.toJSON();
  return { ...sums, counts: counts.toSorted(([a], [b]) => a.localeCompare(b)) };
}

test('one that was killed goes on with the seed that was under way', async () => {
  const whole = newRun(range, 'v');
  await runSeeds(whole, quiet);
  expect(whole.tally.seeds).toBe(5);

  const cut = newRun(range, 'v');
  for (const seed of [1, 3]) cut.tally.take(lineOf({ seed, isTwice: false }));
  keepRun(file, { ...cut, next: 4, again: [2], took_s: 7 });
  const again = readRun(file, range, 'v');
  await runSeeds(again, { ...quiet, keep: () => keepRun(file, again) });
  expect(inOrder(again)).toEqual(inOrder(whole));
  expect(again.took_s).toBeGreaterThan(7);
  expect(inOrder(readRun(file, range, 'v'))).toEqual(inOrder(whole));
  expect(() => readRun(file, range, 'w')).toThrow(/of version v, and this one is w/);
  expect(() => readRun(file, { from: 1, to: 6 }, 'v')).toThrow(/1\.\.5/);
});

test('the version is that of all that a day is made of, and of nothing else', () => {
  const sources = sourcesOf();
  for (const path of ['core/domain/payment/presenting.ts', 'db/outbox.ts', 'acquirers/gateway/adapter.ts'])
    expect(sources).toContain(path);
  expect(sources).toContain('test/sim/day/host/charges.ts');
  expect(sources.filter((path) => /^(renderer|main|docs)\//.test(path) || path.endsWith('.test.ts'))).toEqual(
    [],
  );
  expect(versionOfDay(sources)).toBe(versionOfDay());
  expect(versionOfDay(sources.slice(1))).not.toBe(versionOfDay());
});

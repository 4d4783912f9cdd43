// Bit rot in short: some flips of this commit's seed, and tills made blind on purpose, which the trial must notice.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seedOfCommit } from '../commit-seed.ts';
import type { Damage } from './damage.ts';
import { places, type Template } from './day.ts';
import { openStages, runSeries } from './series.ts';
import { type Ending, type Plant, runTrial } from './trial.ts';
import { liveFrames } from './wal.ts';

const FLIPS = 30;

const said: string[] = [];
const say = (line: string) => said.push(line);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('every flip ends in a refusal with a way back, a named loss, nothing at all, or a verification that finds it', {
  timeout: 120_000,
}, () => {
  const seed = seedOfCommit();
  console.info(`seed ${seed}: node test/rot/sweep.ts --seed ${seed} --flips ${FLIPS}`);
  const series = runSeries({ seed, flips: upTo(FLIPS), say });
  expect(series.violations).toEqual([]);
  expect(series.flips).toBe(FLIPS);
});

type Blind = { plant: Plant; left: Template['name']; damageOf(directory: string): Damage; seen: Ending };

/** The place of these words in a file of the day. */
function placeOf(directory: string, file: string, words: string): number {
  const at = readFileSync(join(directory, file)).indexOf(words);
  if (at === -1) throw new Error(`${words} is not in ${file}`);
  return at;
}

const blind: Blind[] = [
  {
    // A bit in the last frame of the WAL cuts acknowledged commits off.
    plant: 'headRemoved',
    left: 'live',
    damageOf: (directory) => {
      const file = `${places.state}/journal.db-wal`;
      const last = liveFrames(readFileSync(join(directory, file))).at(-1) ?? 0;
      return { file, kind: 'bit', at: last + 100, value: 1 };
    },
    seen: 'tailLoss',
  },
  {
    // A record of long ago: no start reads it.
    plant: 'verificationTrusted',
    left: 'closed',
    damageOf: (directory) => {
      const file = `${places.state}/journal.db`;
      return { file, kind: 'bit', at: placeOf(directory, file, 'route.changed{'), value: 1 };
    },
    seen: 'foundLater',
  },
  {
    plant: 'sealsRemoved',
    left: 'closed',
    damageOf: (directory) => ({
      file: places.goods,
      kind: 'bit',
      at: placeOf(directory, places.goods, ',1300,') - 1,
      value: 0,
    }),
    seen: 'refused',
  },
];

it.each(blind)('a till with $plant is caught; a whole one says $seen', ({ plant, left, damageOf, seen }) => {
  const root = mkdtempSync(join(tmpdir(), 'yima-rot-'));
  try {
    const stage = openStages(root, null).find(({ template }) => template.name === left);
    if (stage === undefined) throw new Error(`no day was left ${left}`);
    const damage = damageOf(stage.template.directory);
    expect(runTrial(stage, damage).ending).toBe(seen);
    expect(runTrial({ ...stage, plant }, damage).ending).toBe('violation');
  } finally {
    rmSync(root, { recursive: true });
  }
});

/** Found in order by SQLite, and loaded; the place of the one bit is `back` from the end of the words. */
const accepted = [
  { what: 'the sale of a payment that is queued', words: /S[0-9A-Z]{9}queued/, back: 16, code: 'E-DB-01' },
  {
    what: 'the name of the lines of the sale on the counter',
    words: /S[0-9A-Z]{9}tendering\{"saleId"[^]*?"lines"/,
    back: 3,
    code: 'E-DB-04',
  },
];

it.each(accepted)('one bit in $what is refused with $code', ({ words, back, code }) => {
  const root = mkdtempSync(join(tmpdir(), 'yima-rot-'));
  try {
    const [stage] = openStages(root, null);
    if (stage === undefined) throw new Error('no day was left');
    const file = `${places.state}/journal.db`;
    const bytes = readFileSync(join(stage.template.directory, file), 'latin1');
    const found = words.exec(bytes);
    if (found === null) throw new Error(`no ${String(words)} in ${file}`);
    const at = found.index + found[0].length - back;
    expect(runTrial(stage, { file, kind: 'bit', at, value: 0 })).toEqual({ ending: 'refused', detail: code });
  } finally {
    rmSync(root, { recursive: true });
  }
});

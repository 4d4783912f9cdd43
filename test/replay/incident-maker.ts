// A day of test/month's shop, recorded as the core records, with ends of the recording lost or torn at its restarts.
import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createRecorder } from '../../core/engine/recording.ts';
import { inputFileNames, INPUTS_FOLDER, openInputFiles } from '../../db/input-files.ts';
import { type Chance, chanceFor } from '../month/random.ts';
import { type MonthResult, runMonth } from '../month/month.ts';

export type Made = { day: MonthResult; stateDirectory: string; starts: number; cuts: number };

/** `ring`: so small that the first inputs of the day have left it at its end. */
export const kinds = ['whole', 'ring', 'cut'] as const;
export type Kind = (typeof kinds)[number];

export const isKind = (name: string): name is Kind => (kinds as readonly string[]).includes(name);

const limitsOf = {
  whole: { file_bytes: 200_000, files: 1000 },
  ring: { file_bytes: 30_000, files: 3 },
  cut: { file_bytes: 100_000, files: 1000 },
} as const;

const MOST_lost_bytes = 3000;

/** As a killed process leaves its file, or a power cut: without its last lines, or with a part of one. */
function cutTail(folder: string, chance: Chance): boolean {
  const newest = inputFileNames(folder).at(-1);
  if (newest === undefined || !chance.happens(0.7)) return false;
  const file = join(folder, newest);
  const size_bytes = statSync(file).size;
  truncateSync(file, Math.max(0, size_bytes - chance.whole(1, MOST_lost_bytes)));
  return true;
}

export function makeIncident(options: {
  directory: string;
  seed: number;
  days: number;
  sales: number;
  kind: Kind;
}): Made {
  const { directory, seed, days, sales, kind } = options;
  const stateDirectory = join(directory, 'state');
  const folder = join(stateDirectory, INPUTS_FOLDER);
  const chance = chanceFor(seed, 'cuts');
  const made = { starts: 0, cuts: 0 };
  const cut = () => {
    if (kind === 'cut' && cutTail(folder, chance)) made.cuts += 1;
  };
  const day = runMonth({
    days,
    sales,
    seed,
    directory,
    plant: null,
    verify: false,
    everyFault: false,
    say: () => undefined,
    recorder: () => {
      if (made.starts > 0) cut();
      made.starts += 1;
      return createRecorder(openInputFiles(folder, limitsOf[kind]), '0.1.0');
    },
  });
  cut();
  return { day, stateDirectory, ...made };
}

/** All that was recorded, as one text. */
export function recordedText(stateDirectory: string): string {
  const folder = join(stateDirectory, INPUTS_FOLDER);
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

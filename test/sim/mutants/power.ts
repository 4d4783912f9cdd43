// Mistakes that only a power cut shows, found by the replay of test/power: the same day is played with each of them planted, and the
// power is cut at its moments.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cutPower } from '../../power/cut.ts';
import type { Mistake } from '../../power/mistakes.ts';
import { record } from '../../power/record.ts';
import { scratch } from '../../power/scratch.ts';
import type { Row } from './row.ts';

type Planted = { planted: Mistake; mistake: string; invariant: string; finding: RegExp };

const rows: readonly Planted[] = [
  {
    planted: 'synchronousNormal',
    mistake: 'synchronous=NORMAL: a commit is told before the disk has it',
    invariant: 'nothingLost',
    finding: /acknowledged record \d+ is lost/,
  },
  {
    planted: 'headBeforeCommit',
    mistake: 'the head file is written before the commit is',
    invariant: 'opensAgain',
    finding: /refused: E-DB-03/,
  },
  {
    planted: 'sentWithoutMark',
    mistake: 'a request goes out that no mark on the disk tells of',
    invariant: 'sentIsMarked',
    finding: /openings that count as sent|not marked as sent/,
  },
];

/** Every fifth moment, the plainest images: a mistake must show without chance. */
const cuts = { seed: 1, every: 5, from: 0, subsets: 0, torn: 0 };

export async function powerRows(say: (row: Row) => void): Promise<Row[]> {
  const directory = scratch();
  const found: Row[] = [];
  try {
    for (const { planted, mistake, invariant, finding } of rows) {
      const place = join(directory, planted);
      const recording = await record(place, { length: 'sale', planted });
      const { moments, violations } = cutPower(recording, { ...cuts, directory: place, stopAt: finding });
      const first = violations.find(({ problems }) => problems.some((problem) => finding.test(problem)));
      const caught = first === undefined ? null : { invariant, by: `power cut at moment ${first.moment}` };
      const row = { name: planted, mistake, caught, needed: `${moments} moments`, trouble: null };
      found.push(row);
      say(row);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return found;
}

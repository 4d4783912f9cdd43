// Many trials on one day, and what they came to.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chanceFor } from '../month/random.ts';
import { damageText, drawDamage } from './damage.ts';
import { makeDay, places, type Template } from './day.ts';
import { dumpOf } from './dump.ts';
import { isRefused, startTill } from './till.ts';
import { type Ending, type Outcome, type Plant, runTrial, type Stage } from './trial.ts';

export type SeriesOptions = {
  seed: number;
  /** Numbers of the flips, from 1. */
  flips: Iterable<number>;
  say(line: string): void;
};

export type Series = {
  flips: number;
  counts: Record<Ending, number>;
  /** How often each code, or each kind of verification, was the word. */
  words: Record<string, number>;
  violations: string[];
};

/** The undamaged day, started in a copy: this is what every trial is compared with. */
function stageOf(template: Template, root: string, plant: Plant | null): Stage {
  const whole = join(root, `${template.name}-whole`);
  cpSync(template.directory, whole, { recursive: true });
  const dump = dumpOf(join(whole, places.state));
  const start = startTill(join(whole, places.state), join(whole, places.keys));
  if (isRefused(start)) throw new Error(`the undamaged day is refused: ${start.code} ${start.detail}`);
  return { template, truth: { dump, start }, scratch: join(root, 'trial'), plant };
}

function note(series: Series, { ending, detail }: Outcome, text: string): void {
  series.flips += 1;
  series.counts[ending] += 1;
  if (ending === 'violation') series.violations.push(`${text}: ${detail}`);
  else if (detail !== '') series.words[detail] = (series.words[detail] ?? 0) + 1;
}

/** Both ways in which the day was left. */
export function openStages(root: string, plant: Plant | null): Stage[] {
  return makeDay(root).map((template) => stageOf(template, root, plant));
}

export function runSeries({ seed, flips, say }: SeriesOptions): Series {
  const root = mkdtempSync(join(tmpdir(), 'yima-rot-'));
  const counts = { refused: 0, tailLoss: 0, harmless: 0, foundLater: 0, violation: 0 };
  const series: Series = { flips: 0, counts, words: {}, violations: [] };
  try {
    const stages = openStages(root, null);
    for (const flip of flips) {
      const chance = chanceFor(seed, `flip ${flip}`);
      const stage = chance.pick(stages);
      const damage = drawDamage(chance, stage.template);
      const text = `flip ${flip} (${stage.template.name}): ${damageText(damage)}`;
      const outcome = runTrial(stage, damage);
      note(series, outcome, text);
      if (outcome.ending === 'violation') say(`VIOLATION ${text}: ${outcome.detail}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return series;
}

// Cuts the power at the moments of a recorded log: builds the disks that may be left, opens each as the product would, and asks
// whether it knows everything that had been told.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Disk } from './disk.ts';
import type { Change } from './disk-view.ts';
import { choicesAt } from './images.ts';
import { judgeImage } from './judge-image.ts';
import { type Place, readImage, type Reading } from './read-image.ts';
import type { Recording } from './record.ts';
import { generator } from '../../fixtures/codes.ts';
import { Witness } from './witness.ts';

export type CutOptions = {
  seed: number;
  /** Every so manieth moment, beginning with this one. */
  every: number;
  from: number;
  /** Random ones a moment, beyond the ones always tried. */
  subsets: number;
  torn: number;
  /** Only this moment. */
  only?: number;
  /** Ends when this was found. */
  stopAt?: RegExp;
  /** Where images are laid out; an image with a violation stays. */
  directory: string;
};

export type Violation = { moment: number; choice: string; lost: string; problems: string[] };

export type CutResult = {
  moments: number;
  /** Disks that differ, each opened once. */
  images: number;
  /** Disks asked about, what was told by then differing. */
  judged: number;
  violations: Violation[];
};

/** Of the changes that were asked for, the ones that did not arrive. */
function lostOf(disk: Disk, kept: readonly Change[]): string {
  const ids = new Set(kept.map(({ id }) => id));
  const lost = disk.pending.filter(({ id }) => !ids.has(id)).map((change) => disk.nameOf(change));
  return `without ${lost.length === 0 ? 'nothing' : lost.slice(0, 8).join(', ')}`;
}

class Cutter {
  readonly result: CutResult = { moments: 0, images: 0, judged: 0, violations: [] };
  readonly #options: CutOptions;
  readonly #place: Place;
  readonly #disk: Disk;
  readonly #witness: Witness;
  #epoch = -1;
  readonly #readings = new Map<string, Reading>();
  readonly #asked = new Set<string>();

  constructor(recording: Recording, options: CutOptions) {
    const { base, state, keys, printerPort, before = new Map(), told } = recording;
    this.#options = options;
    this.#place = { base, state, keys, target: join(options.directory, 'image') };
    this.#disk = new Disk(base, before);
    this.#witness = new Witness(printerPort, told ?? { sequence: 0, shortHash: '' });
  }

  run({ entries }: Recording): void {
    const { every, from, only, stopAt } = this.#options;
    for (const [moment, entry] of entries.entries()) {
      this.#disk.take(entry);
      this.#witness.take(entry);
      const isDue = only === undefined ? moment % every === from % every : moment === only;
      if (!isDue) continue;
      this.#cut(moment);
      const found = this.result.violations.at(-1)?.problems.join('\n') ?? '';
      if (stopAt?.test(found) === true) return;
    }
  }

  #cut(moment: number): void {
    this.result.moments += 1;
    if (this.#disk.epoch !== this.#epoch) {
      this.#epoch = this.#disk.epoch;
      this.#readings.clear();
      this.#asked.clear();
    }
    // One stream of chance a moment, so that a single one can be repeated.
    const random = generator(this.#options.seed * 1_000_003 + moment);
    for (const choice of choicesAt(this.#disk.pending, { ...this.#options, random })) {
      const question = `${this.#witness.version} ${choice.key}`;
      if (this.#asked.has(question)) continue;
      this.#asked.add(question);
      this.#ask(moment, choice);
    }
  }

  #ask(moment: number, choice: { key: string; changes: readonly Change[] }): void {
    const reading = this.#read(choice);
    this.result.judged += 1;
    const problems = judgeImage(reading, this.#witness.told);
    if (problems.length === 0) return;
    const lost = lostOf(this.#disk, choice.changes);
    this.result.violations.push({ moment, choice: choice.key, lost, problems });
  }

  #read({ key, changes }: { key: string; changes: readonly Change[] }): Reading {
    const known = this.#readings.get(key);
    if (known !== undefined) return known;
    const reading = readImage(this.#disk.image(changes), this.#place);
    this.result.images += 1;
    this.#readings.set(key, reading);
    return reading;
  }
}

export function cutPower(recording: Recording, options: CutOptions): CutResult {
  const cutter = new Cutter(recording, options);
  cutter.run(recording);
  rmSync(join(options.directory, 'image'), { recursive: true, force: true });
  return cutter.result;
}

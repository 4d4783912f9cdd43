// The file of a run that takes longer than anybody's day: what is done, and what it came to. Written whole, beside and then over the old
// one; a seed that was under way when the program ended is run again.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Tally, tallySchema } from './tally.ts';

const schema = z.strictObject({
  /** version.ts */
  version: z.string(),
  from: z.int(),
  to: z.int(),
  /** Seeds before it are done, but for those in `again`. */
  next: z.int(),
  again: z.array(z.int()),
  took_s: z.number(),
  tally: tallySchema,
});

export type LongRun = Omit<z.infer<typeof schema>, 'tally'> & { tally: Tally };
export type Range = { from: number; to: number };

export const newRun = (range: Range, version: string): LongRun => {
  return { version, ...range, next: range.from, again: [], took_s: 0, tally: new Tally() };
};

/** @throws Error: no such run, of another range, or of another version. */
export function readRun(file: string, range: Range, version: string): LongRun {
  if (!existsSync(file)) return newRun(range, version);
  const { tally, ...run } = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const refuse = (what: string): never => {
    throw new Error(`${file} is a run of ${what}: give another file, or remove it`);
  };
  if (run.version !== version) refuse(`version ${run.version}, and this one is ${version}`);
  if (run.from !== range.from || run.to !== range.to) refuse(`${run.from}..${run.to}`);
  return { ...run, tally: Tally.from(tally) };
}

export function keepRun(file: string, run: LongRun): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(run)}\n`);
  renameSync(`${file}.new`, file);
}

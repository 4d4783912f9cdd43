// The power sweep: plays a day under the write log, or takes one that was kept, and cuts the power at its moments.
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CutOptions, CutResult, Violation } from './cut.ts';
import type { Mistake } from './mistakes.ts';
import { record } from './record.ts';
import { scratch } from './scratch.ts';

export type SweepOptions = {
  seed: number;
  every: number;
  lanes: number;
  /** A directory that an earlier sweep kept. */
  recording: string | undefined;
  moment: number | undefined;
  planted: Mistake | undefined;
  say(line: string): void;
};

const MOST_told = 20;

async function cutInThread(recording: string, options: CutOptions): Promise<CutResult> {
  mkdirSync(options.directory, { recursive: true });
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { recording, options } });
  const [result] = (await once(worker, 'message')) as [CutResult];
  return result;
}

function sharesOf(options: SweepOptions, directory: string): CutOptions[] {
  const { seed, every, lanes, moment } = options;
  const common = { seed, subsets: 3, torn: 4 };
  if (moment !== undefined)
    return [{ ...common, every: 1, from: 0, only: moment, directory: join(directory, 'lane') }];
  return Array.from({ length: lanes }, (_, lane) => ({
    ...common,
    every: every * lanes,
    from: (seed % every) + lane * every,
    directory: join(directory, `lane${lane}`),
  }));
}

function tell({ seed, say }: SweepOptions, directory: string, violations: readonly Violation[]): void {
  for (const { moment, lost, problems } of violations.slice(0, MOST_told)) {
    say(`BROKEN at moment ${moment}, ${lost}\n  ${problems.join('\n  ')}`);
    say(
      `  again: node test/crash/main.ts --part power --recording ${directory} --seed ${seed} --moment ${moment}`,
    );
  }
  if (violations.length > MOST_told) say(`and ${violations.length - MOST_told} more`);
}

/** True when nothing was lost. The last thing said is the verdict. */
export async function sweepPower(options: SweepOptions): Promise<boolean> {
  const started_ms = performance.now();
  const directory = options.recording ?? scratch();
  const { seed, say, planted } = options;
  if (options.recording === undefined) {
    say(`power: playing a day under the write log in ${directory}`);
    await record(directory, { planted });
  }
  const results = await Promise.all(
    sharesOf(options, directory).map((share) => cutInThread(directory, share)),
  );
  const sum = (of: (result: CutResult) => number): number => results.reduce((so, one) => so + of(one), 0);
  const violations = results.flatMap((result) => result.violations).sort((a, b) => a.moment - b.moment);
  tell(options, directory, violations);
  if (violations.length === 0 && options.recording === undefined) rmSync(directory, { recursive: true });
  const moments = sum((result) => result.moments);
  const figures = `${moments} moments, ${sum(({ images }) => images)} images, ${sum(({ judged }) => judged)} judgements`;
  const took_s = Math.round((performance.now() - started_ms) / 1000);
  const ok = violations.length === 0 && moments > 0;
  say(
    `POWER ${ok ? 'OK' : 'FAILED'}: seed ${seed}, ${figures}, ${violations.length} violations, ${took_s} s`,
  );
  return ok;
}

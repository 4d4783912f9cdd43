// What a measurement is: a name, what it measures, and a run that gives outcomes.
import type { Outcome } from './outcome.ts';
import type { TrialOptions } from './trial.ts';

export type Context = {
  /** Empty, on a real disk; gone after the run. */
  directory: string;
  /** `full`, or a few of them with --quick, which tries the code and judges nothing. */
  rounds(full: number): number;
  isQuick: boolean;
  seed: number;
  /** Runs a trial in a process of its own, the disk's noise sampled before and after it. */
  trial<Result>(name: string, input: object, options?: TrialOptions): Promise<Result>;
  /** Between rounds that the measurement runs itself. */
  sampleNoise(): void;
  say(text: string): void;
};

export type Measure = { name: string; what: string; run(context: Context): Promise<Outcome[]> };

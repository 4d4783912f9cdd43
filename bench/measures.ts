// Every measurement of the bench, in the order they run.
import { catalogue } from './measures/catalogue.ts';
import { commit } from './measures/commit.ts';
import { drain } from './measures/drain.ts';
import { memory } from './measures/memory.ts';
import { rails } from './measures/rails.ts';
import { receipt } from './measures/receipt.ts';
import { report } from './measures/report.ts';
import { scan } from './measures/scan.ts';
import { start } from './measures/start.ts';
import { verify } from './measures/verify.ts';
import type { Measure } from './support/measure.ts';

export const measures: readonly Measure[] = [
  commit,
  drain,
  scan,
  verify,
  start,
  receipt,
  report,
  catalogue,
  memory,
  rails,
];

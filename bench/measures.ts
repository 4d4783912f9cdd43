// Every measurement of the bench, in the order they run.
import { commit } from './measures/commit.ts';
import type { Measure } from './support/measure.ts';

export const measures: readonly Measure[] = [commit];

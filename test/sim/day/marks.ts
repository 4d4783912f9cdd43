// Rare paths that a run must have walked often, each by its name in the counts. A path that nothing walks any more is a hole in the
// simulation: the full run demands every one of them a hundred times.
export const FULL_seeds = 100_000;
export const LEAST_hits = 100;

export const marks: readonly string[] = [];

// Judges the runs: what passed, what failed, and what must not pass for success (nothing ran, silent skips, fewer
// tests than before, a runner that died).
import type { Tally } from './tally.ts';

/** One runner's end. `tally` is undefined where it left no readable report; `left` are processes it left behind. */
export type Run = { runner: string; exitCode: number; tally: Tally | undefined; left: readonly string[] };

/** `allowedSkips` are exact test names; `floor_passed` is the least number of passing tests. */
export type Expectation = { allowedSkips: readonly string[]; floor_passed: number };

/** `failed` counts failed tests and problems, so that it is zero exactly where all is well. */
export type Verdict = { passed: number; failed: number; problems: string[]; failedTests: string[] };

export function judge(runs: readonly Run[], expectation: Expectation): Verdict {
  const tallies = runs.flatMap((run) => run.tally ?? []);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failedTests = tallies.flatMap((tally) => tally.failed);
  const problems = [
    ...runs.flatMap(problemsOfRun),
    ...skipProblems(tallies, expectation.allowedSkips),
    ...floorProblems(passed, expectation.floor_passed),
  ];
  return { passed, failed: failedTests.length + problems.length, problems, failedTests };
}

function problemsOfRun({ runner, exitCode, tally, left }: Run): string[] {
  const leaks = left.map((command) => `${runner} left a process running, now killed: ${command}`);
  if (tally === undefined) return [`${runner} left no report (exit code ${exitCode})`, ...leaks];
  const crashed = exitCode !== 0 && tally.failed.length === 0 && leaks.length === 0;
  return crashed ? [`${runner} ended with exit code ${exitCode} though no test of it failed`] : leaks;
}

function skipProblems(tallies: readonly Tally[], allowed: readonly string[]): string[] {
  const skipped = tallies.flatMap((tally) => tally.skipped);
  return skipped
    .filter((name) => !allowed.includes(name))
    .map((name) => `skipped, but not listed in test/allowed-skips.json: ${name}`);
}

function floorProblems(passed: number, floor_passed: number): string[] {
  if (passed === 0) return ['no test passed at all'];
  if (passed >= floor_passed) return [];
  return [`only ${passed} tests passed; test/floor.json records ${floor_passed}`];
}

// Reads the report that Playwright's JSON reporter writes.
import { becauseOf, field, list, type Tally, text } from './tally.ts';

export function tallyPlaywright(report: unknown): Tally {
  const tally: Tally = { runner: 'playwright', passed: 0, failed: [], skipped: [] };
  for (const suite of list(field(report, 'suites'))) countSuite(tally, [], suite);
  for (const error of list(field(report, 'errors'))) {
    tally.failed.push(`outside of any test: ${text(field(error, 'message')).split('\n')[0]}`);
  }
  return tally;
}

function countSuite(tally: Tally, above: readonly string[], suite: unknown): void {
  const names = [...above, text(field(suite, 'title'))];
  for (const inner of list(field(suite, 'suites'))) countSuite(tally, names, inner);
  for (const spec of list(field(suite, 'specs'))) {
    for (const test of list(field(spec, 'tests'))) {
      count(tally, [...names, text(field(spec, 'title'))].join(' > '), test);
    }
  }
}

/** A flaky test failed once: it counts as failed. */
function count(tally: Tally, name: string, test: unknown): void {
  const status = field(test, 'status');
  if (status === 'expected') tally.passed += 1;
  else if (status === 'skipped') tally.skipped.push(name);
  else {
    const errors = list(field(test, 'results')).map((result) =>
      text(field(field(result, 'error'), 'message')),
    );
    tally.failed.push(name + becauseOf(errors.find((error) => error !== '') ?? ''));
  }
}

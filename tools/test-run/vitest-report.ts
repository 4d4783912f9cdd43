// Reads the report that vitest's JSON reporter writes.
import { relative } from 'node:path';
import { becauseOf, field, list, type Tally, text } from './tally.ts';

/** @param report the parsed file @param root absolute, to shorten file names */
export function tallyVitest(report: unknown, root: string): Tally {
  const tally: Tally = { runner: 'vitest', passed: 0, failed: [], skipped: [] };
  for (const file of list(field(report, 'testResults'))) {
    const fileName = relative(root, text(field(file, 'name')));
    const tests = list(field(file, 'assertionResults'));
    for (const test of tests) count(tally, fileName, test);
    const ownFailure = !tests.some((test) => field(test, 'status') === 'failed');
    if (field(file, 'status') === 'failed' && ownFailure) {
      tally.failed.push(`${fileName} (could not be loaded)${becauseOf(text(field(file, 'message')))}`);
    }
  }
  return tally;
}

function count(tally: Tally, fileName: string, test: unknown): void {
  const suites = list(field(test, 'ancestorTitles')).map(text);
  const name = [fileName, ...suites, text(field(test, 'title'))].join(' > ');
  const status = field(test, 'status');
  if (status === 'passed') tally.passed += 1;
  else if (status === 'failed') {
    tally.failed.push(name + becauseOf(text(list(field(test, 'failureMessages'))[0])));
  } else tally.skipped.push(name);
}

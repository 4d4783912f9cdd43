// The verdict on a test run: every way in which "nothing went wrong" could be untrue must count as a failure.
import { expect, test } from 'vitest';
import { tallyPlaywright } from './playwright-report.ts';
import { judge, type Run } from './verdict.ts';
import { tallyVitest } from './vitest-report.ts';

const expectation = { allowedSkips: ['a.test.ts > known'], floor_passed: 3 };

function run(parts: Partial<NonNullable<Run['tally']>> = {}, exitCode = 0): Run {
  return {
    runner: 'vitest',
    exitCode,
    left: [],
    tally: { runner: 'vitest', passed: 3, failed: [], skipped: [], ...parts },
  };
}

test('a clean run passes, and an allowed skip does not disturb it', () => {
  const verdict = judge([run({ skipped: ['a.test.ts > known'] })], expectation);
  expect(verdict).toEqual({ passed: 3, failed: 0, problems: [], failedTests: [] });
});

test.each<[string, Run[], RegExp]>([
  ['no runner at all', [], /no test passed at all/],
  ['no test', [run({ passed: 0 })], /no test passed at all/],
  ['fewer tests than recorded', [run({ passed: 2 })], /only 2 tests passed; .* records 3/],
  [
    'an unlisted skip',
    [run({ skipped: ['a.test.ts > new'] })],
    /skipped, but not listed .*a\.test\.ts > new/,
  ],
  [
    'a runner that left no report',
    [run(), { runner: 'playwright', exitCode: 0, tally: undefined, left: [] }],
    /no report/,
  ],
  [
    'a forgotten process',
    [{ ...run(), left: ['node core/main.ts'] }],
    /left a process running.*core\/main\.ts/,
  ],
  ['a runner that crashed after its report', [run({}, 7)], /exit code 7 though no test of it failed/],
])('%s counts as a failure', (_, runs, problem) => {
  const verdict = judge(runs, expectation);
  expect(verdict.failed).toBe(1);
  expect(verdict.problems).toEqual([expect.stringMatching(problem)]);
});

test('failed tests are counted over all runners, without a second count for the exit code', () => {
  const verdict = judge([run({ failed: ['x'] }, 1), run({ failed: ['y', 'z'] }, 1)], expectation);
  expect(verdict).toMatchObject({ passed: 6, failed: 3, failedTests: ['x', 'y', 'z'] });
});

test("vitest's report: results, suites, and a file that could not be loaded", () => {
  const report = {
    testResults: [
      {
        name: '/root/core/a.test.ts',
        status: 'failed',
        assertionResults: [
          { ancestorTitles: ['suite'], title: 'works', status: 'passed' },
          {
            ancestorTitles: [],
            title: 'breaks',
            status: 'failed',
            failureMessages: ['\u001b[31mAssertionError: 1 is not 2\u001b[39m\n  at x'],
          },
          { ancestorTitles: [], title: 'later', status: 'todo' },
          { ancestorTitles: [], title: 'not now', status: 'skipped' },
        ],
      },
      {
        name: '/root/core/broken.test.ts',
        status: 'failed',
        message: 'SyntaxError: no',
        assertionResults: [],
      },
    ],
  };
  expect(tallyVitest(report, '/root')).toEqual({
    runner: 'vitest',
    passed: 1,
    failed: [
      'core/a.test.ts > breaks (AssertionError: 1 is not 2)',
      'core/broken.test.ts (could not be loaded) (SyntaxError: no)',
    ],
    skipped: ['core/a.test.ts > later', 'core/a.test.ts > not now'],
  });
});

test("Playwright's report: nested suites, a flaky test fails, an error outside of tests counts", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    tests: [{ status, results: [{ error: message === undefined ? undefined : { message } }] }],
  });
  const report = {
    suites: [
      {
        title: 'pay.spec.ts',
        specs: [spec('pays', 'expected'), spec('wobbles', 'flaky', 'late\nat line 2')],
        suites: [{ title: 'offline', specs: [spec('queues', 'unexpected'), spec('holds', 'skipped')] }],
      },
    ],
    errors: [{ message: 'cannot read config\nat line 1' }],
  };
  expect(tallyPlaywright(report)).toEqual({
    runner: 'playwright',
    passed: 1,
    failed: [
      'pay.spec.ts > offline > queues',
      'pay.spec.ts > wobbles (late)',
      'outside of any test: cannot read config',
    ],
    skipped: ['pay.spec.ts > offline > holds'],
  });
});

test('what is no report at all holds no tests', () => {
  expect(tallyVitest('<html>', '/').passed).toBe(0);
  expect(tallyPlaywright(null).passed).toBe(0);
});

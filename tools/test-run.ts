// `npm run test:ready`: unit and integration tests, then the build, then end to end. The last line it prints is
// always "N passed, N failed", from the runners' reports; the exit code is 0 only with none failed.
//   node tools/test-run.ts [--only unit|e2e] [filter...]     filters go to the runner; the floor is then not asked for
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasEndToEndTests, root, runBuild, runPlaywright, runVitest } from './test-run/runners.ts';
import { judge, type Run, type Verdict } from './test-run/verdict.ts';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const partial = values.only !== undefined || positionals.length > 0;

const runs: Run[] = [];
if (values.only !== 'e2e') runs.push(await runVitest(positionals));
if (values.only !== 'unit' && (hasEndToEndTests() || values.only === 'e2e')) runs.push(await endToEnd());
const { passed: floor_passed } = readJson<{ passed: number }>('test/floor.json');
const verdict = judge(runs, {
  allowedSkips: readJson<string[]>('test/allowed-skips.json'),
  floor_passed: partial ? 0 : floor_passed,
});
tell(verdict);
process.exitCode = verdict.failed === 0 ? 0 : 1;

async function endToEnd(): Promise<Run> {
  return (await runBuild()) ?? (await runPlaywright(positionals));
}

function tell({ passed, failed, problems, failedTests }: Verdict): void {
  console.log('');
  for (const name of failedTests) console.log(`FAILED  ${name}`);
  for (const problem of problems) console.log(`PROBLEM ${problem}`);
  console.log(`${passed} passed, ${failed} failed`);
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Value;
}

// Starts vitest and Playwright with their human output live and a JSON report each.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runGroup } from './group.ts';
import { tallyPlaywright } from './playwright-report.ts';
import type { Tally } from './tally.ts';
import type { Run } from './verdict.ts';
import { tallyVitest } from './vitest-report.ts';

export const root = join(import.meta.dirname, '../..');
const reports = join(root, '.cache/reports');

/** Builds main, preload, core and the page. @returns undefined where that went well */
export async function runBuild(): Promise<Run | undefined> {
  const end = await runGroup(process.execPath, ['tools/build.ts'], { cwd: root, isDone: () => false });
  return end.exitCode === 0 ? undefined : { runner: 'build', tally: undefined, ...end };
}

/** @param filters paths or parts of them; none means all */
export async function runVitest(filters: readonly string[]): Promise<Run> {
  const report = freshReport('vitest.json');
  const parameters = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ];
  const end = await runGroup(process.execPath, parameters, { cwd: root, isDone: () => existsSync(report) });
  return { runner: 'vitest', tally: readReport(report, (json) => tallyVitest(json, root)), ...end };
}

export function hasEndToEndTests(): boolean {
  return globSync('test/**/*.spec.ts', { cwd: root }).length > 0;
}

/** @param filters paths or parts of them; none means all */
export async function runPlaywright(filters: readonly string[]): Promise<Run> {
  const report = freshReport('playwright.json');
  const command = [
    process.execPath,
    'node_modules/@playwright/test/cli.js',
    'test',
    '--reporter=list,json',
    ...filters,
  ];
  // Electron needs an X server; headless ozone crashes in this runtime.
  const display = process.env['DISPLAY']
    ? []
    : ['xvfb-run', '-a', '-s', '-screen 0 1280x800x24 -nolisten tcp'];
  const [program = '', ...parameters] = [...display, ...command];
  const end = await runGroup(program, parameters, {
    cwd: root,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ELECTRON_OVERRIDE_DIST_PATH: runtimeFolder() },
    isDone: () => existsSync(report),
  });
  return { runner: 'playwright', tally: readReport(report, tallyPlaywright), ...end };
}

/** Where set-up put Electron (tools/setup/runtime.mjs). */
function runtimeFolder(): string {
  const runtime = JSON.parse(readFileSync(join(root, '.toolchain/runtime.json'), 'utf8')) as {
    distPath: string;
  };
  return runtime.distPath;
}

/** An old report must never speak for a run that wrote none. */
function freshReport(name: string): string {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, name);
  rmSync(path, { force: true });
  return path;
}

function readReport(path: string, tally: (json: unknown) => Tally): Tally | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return tally(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    console.error(`${path} is no report:`, error);
    return undefined;
  }
}

// Starts vitest and Playwright with their human output live and a JSON report each.
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tallyPlaywright } from './playwright-report.ts';
import type { Tally } from './tally.ts';
import type { Run } from './verdict.ts';
import { tallyVitest } from './vitest-report.ts';

export const root = join(import.meta.dirname, '../..');
const reports = join(root, '.cache/reports');

/** @returns the exit code; 1 where the program was killed or could not be started */
export function show(program: string, parameters: readonly string[], extra: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, parameters, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...extra },
  });
  return new Promise<number>((resolve) => {
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      if (signal !== null) console.error(`${program} was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/** @param filters paths or parts of them; none means all */
export async function runVitest(filters: readonly string[]): Promise<Run> {
  const report = freshReport('vitest.json');
  const exitCode = await show(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  return { runner: 'vitest', exitCode, tally: readReport(report, (json) => tallyVitest(json, root)) };
}

export function hasEndToEndTests(): boolean {
  return globSync('test/e2e/**/*.spec.ts', { cwd: root }).length > 0;
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
  const exitCode = await show(program, parameters, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ELECTRON_OVERRIDE_DIST_PATH: runtimeFolder(),
  });
  return { runner: 'playwright', exitCode, tally: readReport(report, tallyPlaywright) };
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

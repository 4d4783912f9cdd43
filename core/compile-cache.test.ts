// The compile cache only saves time: the same core starts with a good one, a spoiled one and none.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const DEADLINE_ms = 60_000;
const startFile = join(import.meta.dirname, 'start.ts');
const cacheFile = join(import.meta.dirname, 'compile-cache.ts');

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'yima-cache-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

function cached(): string[] {
  return readdirSync(join(state, 'cache'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Loads all of the core, which then misses `--config` and ends by itself. */
function start(): { status: number | null; usage: boolean } {
  const { status, stderr } = spawnSync(process.execPath, [startFile, '--state', state], { encoding: 'utf8' });
  return { status, usage: stderr.includes('usage: core --config FILE') };
}

const asUsual = { status: 64, usage: true };

it('keeps what it compiled, for its owner only', { timeout: DEADLINE_ms }, () => {
  expect(start()).toEqual(asUsual);
  expect(cached().length).toBeGreaterThan(50);
  const folder = join(state, 'cache');
  const modes = [folder, ...cached()].map((path) => statSync(path).mode & 0o077);
  expect(modes.every((others) => others === 0)).toBe(true);
});

it('starts with a spoiled one and writes it anew', { timeout: DEADLINE_ms }, () => {
  start();
  const files = cached();
  files.forEach((file, index) => writeFileSync(file, index % 2 === 0 ? 'spoiled' : ''));
  expect(start()).toEqual(asUsual);
  expect(files.filter((file) => statSync(file).size < 100)).toEqual([]);
});

it('starts where it can keep nothing', { timeout: DEADLINE_ms }, () => {
  writeFileSync(join(state, 'cache'), 'in the way');
  expect(start()).toEqual(asUsual);
});

it('starts where the cache can be made and not be written', { timeout: DEADLINE_ms }, () => {
  const named = nodesOwnFolder();
  mkdirSync(join(state, 'cache'));
  writeFileSync(join(state, 'cache', named), 'in the way');
  expect(start()).toEqual(asUsual);
});

/** Node's own folder in the cache: its version and what else it depends on. */
function nodesOwnFolder(): string {
  start();
  const [name] = readdirSync(join(state, 'cache'));
  rmSync(join(state, 'cache'), { recursive: true });
  if (name === undefined) throw new Error('no folder in the cache');
  return name;
}

it('has it on the disk before it is ended by force', { timeout: DEADLINE_ms }, async () => {
  const script = `
    const { useCompileCache } = await import(${JSON.stringify(cacheFile)});
    useCompileCache(['--state', ${JSON.stringify(state)}], 0);
    await import(${JSON.stringify(join(import.meta.dirname, 'configuration.ts'))});
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  try {
    await vi.waitFor(() => expect(cached().length).toBeGreaterThan(0), {
      timeout: DEADLINE_ms,
      interval: 50,
    });
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
});

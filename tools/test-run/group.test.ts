// A process group ends, whatever its members do, and says what it had to kill.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { runGroup } from './group.ts';

const folder = mkdtempSync(join(tmpdir(), 'yima-group-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, parts: { isDone?: () => boolean; grace_ms?: number; limit_ms?: number } = {}) {
  return runGroup('sh', ['-c', script], { cwd: folder, isDone: () => false, ...parts });
}

async function goneFor(pidFile: string): Promise<void> {
  const id = Number(readFileSync(join(folder, pidFile), 'utf8'));
  await vi.waitFor(() => expect(() => process.kill(id, 0)).toThrow('ESRCH'), 30_000);
}

test('a program that ends leaves its exit code and nothing else', async () => {
  expect(await run('exit 3')).toEqual({ exitCode: 3, left: [] });
});

test('a program that ended by a signal, or was never there, failed', async () => {
  expect(await run('kill -TERM $$')).toEqual({ exitCode: 1, left: [] });
  const missing = await runGroup('no-such-program', [], { cwd: folder, isDone: () => false });
  expect(missing).toEqual({ exitCode: 1, left: [] });
});

test('a process left behind is named and killed', async () => {
  const end = await run('sleep 600 & echo $! > left.pid; exit 0', { grace_ms: 300 });
  expect(end).toEqual({ exitCode: 0, left: ['sleep 600'] });
  await goneFor('left.pid');
});

test('a process that ends by itself within the grace is none left behind', async () => {
  expect(await run('sleep 0.3 & exit 0', { grace_ms: 30_000 })).toEqual({ exitCode: 0, left: [] });
});

test('a runner that hangs after its report is killed', async () => {
  const isDone = () => existsSync(join(folder, 'report'));
  const end = await run('echo $$ > hang.pid; touch report; sleep 600; true', { isDone, grace_ms: 300 });
  expect(end.exitCode).toBe(1);
  expect(end.left).toContain('sleep 600');
  await goneFor('hang.pid');
});

test('a runner that never reports is killed at the limit', async () => {
  expect(await run('exec sleep 600', { limit_ms: 500 })).toEqual({ exitCode: 1, left: ['sleep 600'] });
});

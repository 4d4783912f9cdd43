// The bench names the process that holds the till's state, knows its age, and ends it the hard way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openCoreSide } from './core-side.ts';

test('no core, a core, a killed core', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'core-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const side = openCoreSide(directory);
  expect(side.look()).toBe(false);
  expect(() => side.kill()).toThrow('No core is running');

  const before_ms = Date.now();
  const waiting = ['-e', 'setInterval(() => undefined, 1000)', '--', '--state', directory];
  const child = spawn(process.execPath, waiting, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  writeFileSync(join(directory, 'lock.holder'), `process ${child.pid}\n`);
  await vi.waitFor(() => expect(side.look()).toBe(true), { timeout: 60_000 });
  expect(side.view()).toMatchObject({ pid: child.pid, starts: 1, kills: 0 });
  // The kernel counts in hundredths of a second.
  expect(side.view().startedAt_ms).toBeGreaterThan(before_ms - 1000);
  expect(side.view().startedAt_ms).toBeLessThanOrEqual(Date.now() + 1000);

  const gone = once(child, 'exit');
  side.kill();
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(side.look()).toBe(true);
  expect(side.view()).toMatchObject({ pid: null, kills: 1 });
});

test('a number that a killed core left behind and somebody else has now is no core, and is not killed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'core-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'lock.holder'), `process ${process.pid}\n`);
  const side = openCoreSide(directory);
  expect(side.look()).toBe(false);
  expect(side.view().pid).toBeNull();
});

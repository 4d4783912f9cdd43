// One core per state directory: the second is refused by name, and a dead one holds nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLock } from './lock.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

const script = fileURLToPath(new URL('../fixtures/databases/hold.ts', import.meta.url));
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const refused = (text: string) =>
  expect.objectContaining({ code: 'E-DB-05', message: expect.stringContaining(text) });

it('refuses a second store in the same process and names the holder', () => {
  const store = openStore(directory);
  expect(() => openStore(directory)).toThrow(refused(`process ${process.pid}`));
  store.close();
  openStore(directory).close();
});

it('refuses while another process holds it; the kernel frees it when that one is killed', async () => {
  const other = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  const before = readFileSync(join(directory, 'journal.db'));
  expect(() => openStore(directory)).toThrow(refused(`process ${other.pid}`));
  expect(readFileSync(join(directory, 'journal.db')).equals(before)).toBe(true);
  other.kill('SIGKILL');
  await once(other, 'exit');
  openStore(directory).close();
});

it('is held by whoever refuses to sell, too', () => {
  const lock = takeLock(directory);
  expect(() => openStore(directory)).toThrow(refused('process'));
  lock.release();
  openStore(directory).close();
});

/** The kernel's list of POSIX locks of this process on a file. */
function locksOn(file: string): string[] {
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'latin1')
    .split('\n')
    .filter((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} `))
    .map((line) => line.replace(/^\d+: /, ''));
}

it('verifying beside the running store drops none of its locks', () => {
  // Closing any descriptor of a file drops all POSIX locks that the process has on it: another program would then take
  // itself for the last user, checkpoint and delete the WAL under the running core.
  const store = openStore(directory);
  const file = join(directory, 'journal.db');
  const before = locksOn(file);
  expect(before.length).toBeGreaterThan(0);
  expect(verifyStateDirectory(directory).ok).toBe(true);
  expect(locksOn(file)).toEqual(before);
  store.close();
});

it('a file that a bad disk has spoilt is still the lock: free when nobody holds it, held when somebody does', async () => {
  const noise = 'not a database at all '.repeat(100);
  writeFileSync(join(directory, 'lock.db'), noise);
  takeLock(directory).release();
  const other = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  writeFileSync(join(directory, 'lock.db'), noise);
  expect(() => takeLock(directory)).toThrow(refused(`process ${other.pid}`));
  other.kill('SIGKILL');
  await once(other, 'exit');
  takeLock(directory).release();
});

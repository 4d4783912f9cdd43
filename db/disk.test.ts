// The trial write on a real directory, and on a disk that is full.
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskSpace, trialWrite } from './disk.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-disk-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it('writes, says how long a write took, and leaves nothing behind', async () => {
  const written = await trialWrite(directory);
  expect(written).toMatchObject({ ok: true });
  expect(readdirSync(directory)).toEqual([]);
  const { free_bytes, total_bytes } = await diskSpace(directory);
  expect(total_bytes).toBeGreaterThanOrEqual(free_bytes);
});

it('on a full disk says so in the word of the system, and leaves nothing behind either', async () => {
  symlinkSync('/dev/full', join(directory, '.trial-write'));
  expect(await trialWrite(directory)).toMatchObject({ ok: false, code: 'ENOSPC' });
  expect(readdirSync(directory)).toEqual([]);
});

it('where there is no directory says so', async () => {
  expect(await trialWrite(join(directory, 'gone'))).toMatchObject({ ok: false, code: 'ENOENT' });
});

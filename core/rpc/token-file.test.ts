// Sign-ins where the disk takes no new file: they hold until the restart, and a sign-out is not undone by one.
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTokenFile } from './token-file.ts';

const lin = { hash: { operatorId: 'lin', until_ms: 1_764_000_000_000 } };

let directory = '';
let file = '';
const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-tokens-'));
  file = join(directory, 'tokens.json');
  said.mockClear();
});
afterEach(() => rmSync(directory, { recursive: true }));

/** ENOSPC for what is written there, and for nothing else. */
const fillDisk = () => symlinkSync('/dev/full', `${file}.new`);

it('a sign-in is kept over a restart', () => {
  openTokenFile(file).write(lin);
  expect(openTokenFile(file).read()).toEqual(lin);
});

it('on a full disk it is kept until the restart, and the log says why', () => {
  fillDisk();
  const tokens = openTokenFile(file);
  tokens.write(lin);
  expect(tokens.read()).toEqual(lin);
  expect(said.mock.calls.join('')).toContain('ENOSPC');
});

it('on a full disk a sign-out is one after a restart, too', () => {
  const tokens = openTokenFile(file);
  tokens.write(lin);
  fillDisk();
  tokens.write({});
  expect(tokens.read()).toEqual({});
  expect(existsSync(file)).toBe(false);
  expect(openTokenFile(file).read()).toEqual({});
});

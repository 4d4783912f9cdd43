// Who may write among a till's files: only the user that the till runs as.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { assertOwn } from './state-folder.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-owner-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const own = process.geteuid?.() ?? 0;

it('its own user does, and whoever makes the directory', () => {
  expect(() => assertOwn(directory)).not.toThrow();
  expect(() => assertOwn(join(directory, 'none'), own + 1)).not.toThrow();
});

it('nobody else does, not even root: the till could not open what that leaves', () => {
  expect(() => assertOwn(directory, own + 1)).toThrow(`${directory} belongs to user ${own}`);
});

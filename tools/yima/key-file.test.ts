// What stands on the disk before, while and after a key is asked for.
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openKeyFile } from './key-file.ts';

const root = mkdtempSync(join(tmpdir(), 'yima-key-file-'));
let file = '';
let folders = 0;
const KEY = 'a key of 32 characters, line end';

beforeEach(() => {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder);
  file = join(folder, 'app.key');
});
afterAll(() => rmSync(root, { recursive: true }));

const there = () => readdirSync(join(file, '..')).sort();
const text = (name: string) => readFileSync(join(file, '..', name), 'utf8');

it('has room on the disk for the longest key before anybody is asked, and then the key alone', () => {
  const keyFile = openKeyFile(file, 'before');
  expect(statSync(`${file}.partial`).size).toBeGreaterThanOrEqual(513);
  keyFile.write(KEY);
  expect([there(), text('app.key')]).toEqual([['app.key'], `${KEY}\n`]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('keeps the old key before anybody is asked; the new one has its owner', () => {
  writeFileSync(file, 'old', { mode: 0o600 });
  // Only root may give a file away; for anybody else the owner is the same one.
  if (process.getuid?.() === 0) chownSync(file, 12_345, 12_346);
  const owner = ({ uid, gid } = statSync(file)) => [uid, gid];
  const before = owner();
  const keyFile = openKeyFile(file, 'before');
  expect([keyFile.kept, text('app.key.before'), text('app.key')]).toEqual([`${file}.before`, 'old', 'old']);
  keyFile.write(KEY);
  expect([there(), text('app.key.before')]).toEqual([['app.key', 'app.key.before'], 'old']);
  expect(owner()).toEqual(before);
});

it('the first key, made by root, belongs to whom its folder does: the till could not read it otherwise', () => {
  const folder = join(file, '..');
  // Only root may give a folder away; for anybody else the owner is the same one.
  if (process.getuid?.() === 0) chownSync(folder, 12_345, 12_346);
  const owner = (path: string) => [statSync(path).uid, statSync(path).gid];
  const keyFile = openKeyFile(file, 'before');
  expect(owner(`${file}.partial`)).toEqual(owner(folder));
  keyFile.write(KEY);
  expect(owner(file)).toEqual(owner(folder));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each([true, false])('leaves all as it was when nothing came, with an old key: %s', (isOld) => {
  if (isOld) writeFileSync(file, 'old');
  openKeyFile(file, 'before').drop();
  expect(there()).toEqual(isOld ? ['app.key'] : []);
  if (isOld) expect(text('app.key')).toBe('old');
});

it('a name that is taken stops it before anybody is asked, and nothing is lost', () => {
  writeFileSync(file, 'old');
  writeFileSync(`${file}.before`, 'older');
  expect(() => openKeyFile(file, 'before')).toThrow(/EEXIST/);
  expect([there(), text('app.key.before')]).toEqual([['app.key', 'app.key.before'], 'older']);
});

it('what an earlier run left with a key in it is refused, and stays', () => {
  writeFileSync(`${file}.partial`, 'the only copy');
  expect(() => openKeyFile(file, 'before')).toThrow(`${file}.partial is left from an earlier run`);
  expect(text('app.key.partial')).toBe('the only copy');
});

it.each(['', ' '.repeat(513)])('what an earlier run left without a key is cleared: %j', (left) => {
  writeFileSync(`${file}.partial`, left);
  openKeyFile(file, 'before').write(KEY);
  expect([text('app.key'), existsSync(`${file}.partial`)]).toEqual([`${KEY}\n`, false]);
});

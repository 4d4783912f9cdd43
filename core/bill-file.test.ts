import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { safeName, writeBill } from './bill-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-bill-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

it.each([
  ['20880011_20261128_业务明细.csv', '20880011_20261128_业务明细.csv'],
  ['20880011_20261128_业务明细(汇总).csv', '20880011_20261128_业务明细(汇总).csv'],
  ['INN26112888ZM_777290058110048', 'INN26112888ZM_777290058110048'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\bills\\a.csv', 'a.csv'],
  ['.bashrc', 'bashrc'],
  ['..', 'bill'],
  ['', 'bill'],
  ['-rf\u001b[2J$(reboot).csv', '-rf__2J_(reboot).csv'],
])('%j is kept as %j', (told, kept) => expect(safeName(told)).toBe(kept));

it('any name is one file of the folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (told) => {
      const name = safeName(told);
      expect(resolve(directory, name)).toBe(join(directory, name));
      expect(name).not.toMatch(/^\.|[/\\\p{Cc}]/u);
      expect(Buffer.byteLength(name)).toBeLessThan(256);
    }),
  );
});

it('writes once, knows the same again, and leaves another file as it is', () => {
  const folder = join(directory, 'new');
  expect(writeBill(folder, 'a.csv', Buffer.from('one'))).toBe('written');
  expect(writeBill(folder, 'a.csv', Buffer.from('one'))).toBe('there');
  expect(writeBill(folder, 'a.csv', Buffer.from('two'))).toBe('other');
  expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('one');
  expect(readdirSync(folder)).toEqual(['a.csv']);
});

it('says what the file system says, and leaves nothing', () => {
  writeFileSync(join(directory, 'file'), '');
  expect(() => writeBill(join(directory, 'file'), 'a.csv', Buffer.from('one'))).toThrow(/EEXIST|ENOTDIR/);
  expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([]);
});

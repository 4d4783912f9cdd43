import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { replaceFile, safeName, writeBill } from './bill-file.ts';

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
  ['-rf\u001b[2J$(reboot).csv', 'rf__2J_(reboot).csv'],
  [`${'a'.repeat(300)}.${'b'.repeat(199)}`, 'b'.repeat(199)],
])('%j is kept as %j', (told, kept) => expect(safeName(told)).toBe(kept));

it('any name is one file of the folder', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('.', '/', '-', 'a', '\u{20bb7}', '\u0007', ' '), { maxLength: 400 }),
      (pieces) => {
        const told = pieces.join('');
        const name = safeName(told);
        expect(resolve(directory, name)).toBe(join(directory, name));
        expect(name).not.toMatch(/^[.-]|[/\\\p{Cc}]/u);
        expect(Buffer.byteLength(name)).toBeLessThan(256);
      },
    ),
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

it('a table takes the place of a link, and what that leads to stays as it is', () => {
  const folder = join(directory, 'linked');
  mkdirSync(folder);
  writeFileSync(join(directory, 'journal'), 'all sales');
  symlinkSync(join(directory, 'journal'), join(folder, 'a.findings.csv'));
  replaceFile(folder, 'a.findings.csv', 'class');
  expect(readFileSync(join(folder, 'a.findings.csv'), 'utf8')).toBe('class');
  expect(readFileSync(join(directory, 'journal'), 'utf8')).toBe('all sales');
  expect(readdirSync(folder)).toEqual(['a.findings.csv']);
});

it('what root has fetched belongs to whom the folder does: the till could not read it otherwise', () => {
  const folder = join(directory, 'of the till');
  mkdirSync(folder);
  // Only root may give a folder away; for anybody else the owner is the same one.
  if (process.getuid?.() === 0) chownSync(folder, 12_345, 12_346);
  const owner = (path: string) => [statSync(path).uid, statSync(path).gid];
  writeBill(folder, 'a.csv', Buffer.from('1'));
  replaceFile(folder, 'list.json', '{}');
  expect([owner(join(folder, 'a.csv')), owner(join(folder, 'list.json'))]).toEqual([
    owner(folder),
    owner(folder),
  ]);
});

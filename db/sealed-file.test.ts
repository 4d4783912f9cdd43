// A sealed file is read as it was sealed, or not at all.
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSealed } from './sealed-file.ts';

it('takes the line that sha256sum writes, and refuses another file, another line, or none', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-sealed-'));
  const file = join(directory, 'goods.csv');
  writeFileSync(file, '450\n');
  expect(readSealed(file).toString()).toBe('450\n');
  writeFileSync(`${file}.sha256`, `${hash('sha256', '450\n')}  goods.csv\n`);
  expect(readSealed(file).toString()).toBe('450\n');
  writeFileSync(file, '451\n');
  expect(() => readSealed(file)).toThrow('is not what');
  writeFileSync(`${file}.sha256`, '');
  expect(() => readSealed(file)).toThrow('no line of sha256sum');
  rmSync(directory, { recursive: true });
});

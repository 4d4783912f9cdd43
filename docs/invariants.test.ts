// docs/invariants.md and docs/proof.md name the code that looks whether a promise holds; and every promise that the simulation
// breaks by its name stands there.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const DAY = 'test/sim/day';

/** File by file, the names that a violation can give there. */
const named = new Map(
  globSync(`${DAY}/**/*.ts`, { cwd: root }).map((file) => [
    file,
    new Set(
      [...read(file).matchAll(/\b(?:holds|new Violation)\(\s*'(\w+)'/g)].map((match) => match[1] ?? ''),
    ),
  ]),
);
const inCode = new Set([...named.values()].flatMap((names) => [...names]));

const rows = read('docs/invariants.md')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** `name`, `name` (file, file): what is said to be checked, and where. */
const said = rows.flatMap((cells) =>
  [...(cells[6] ?? '').matchAll(/((?:`\w+`(?:, )?)+)[^`(;]*\(([^)]*)\)/g)].flatMap(
    ([, names = '', files = '']) =>
      [...names.matchAll(/\w+/g)].map(([name]) => ({ name, files: files.split(', ') })),
  ),
);

const firstCells = read('docs/proof.md')
  .split('\n### What must hold')[1]
  ?.split('\n\n**')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|')[1] ?? '');
const inTable = (firstCells ?? []).flatMap((cell) =>
  [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''),
);

describe('docs/invariants.md', () => {
  it('has a word in every cell of every row, numbered from one', () => {
    expect(rows.map((cells) => Number(cells[1]))).toEqual(rows.map((_, at) => at + 1));
    expect(rows.filter((cells) => cells.length !== 8 || cells.slice(1, 7).includes(''))).toEqual([]);
  });

  it('names every promise that the simulation looks at', () => {
    expect(inCode.size).toBeGreaterThan(40);
    const names = new Set(said.map(({ name }) => name));
    expect([...inCode].filter((name) => !names.has(name))).toEqual([]);
  });

  it('names none that is not looked at in the files that it says', () => {
    const missing = said.flatMap(({ name, files }) =>
      files.flatMap((file) => {
        const path = file.includes('/') ? file : `${DAY}/${file}`;
        const isThere = named.get(path)?.has(name) ?? new RegExp(`\\b${name}\\b`).test(read(path));
        return isThere ? [] : [`${name} in ${path}`];
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe('the table of docs/proof.md', () => {
  it('has the names of the simulation, and no other', () => {
    expect([...new Set(inTable)].toSorted()).toEqual([...inCode].toSorted());
  });
});

describe('the defects of docs/proof.md', () => {
  const table = read('docs/proof.md').split('\n## Defects found')[1]?.split('\n## ')[0] ?? '';
  const defects = [...table.matchAll(/^\| (\d+) \|.*$/gm)].map(([row, number]) => ({
    number,
    cell: row.split(/(?<!\\)\|/)[5] ?? '',
  }));

  it('are numbered from one', () => {
    expect(defects.map(({ number }) => Number(number))).toEqual(defects.map((_, at) => at + 1));
    expect(defects.length).toBeGreaterThan(20);
  });

  it.each(defects)('$number has its test', ({ cell }) => {
    const tests = [...cell.matchAll(/([\w/.-]+\.(?:test|spec)\.tsx?): ((?:`[^`]+`(?:; )?)+)/g)];
    const titles = tests.flatMap(([, file = '', all = '']) =>
      [...all.matchAll(/`([^`]+)`/g)].map(([, title = '']) => ({ file, title })),
    );
    expect(titles).not.toEqual([]);
    expect(titles.filter(({ file, title }) => !read(file).includes(title))).toEqual([]);
  });
});

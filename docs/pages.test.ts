// Holds the pages to what they speak of: links, files, commands, packages, refusal codes.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTexts } from '../contract/error-texts.ts';
import { errorCodes } from '../contract/errors.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })].toSorted();
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const testFiles = globSync('{*,*/**}/*.test.{ts,tsx}', {
  cwd: root,
  exclude: (path) => path.includes('node_modules'),
});

/** First capture of each match. */
function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what is there', () => {
    const links = found(text, /\]\(([^)#\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it('names files that are there', () => {
    const folders = 'acquirers|bench|contract|core|db|docs|drivers|fixtures|main|renderer|test|tools|vendor';
    const files = found(
      text,
      new RegExp(`(?<![\\w./-])((?:${folders})/[\\w./-]+\\.(?:ts|tsx|mjs|json|md|csv))\\b`, 'g'),
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('names scripts and tests that are there', () => {
    const scripts = found(text, /npm run (?:-s )?([a-z][\w:]*)/g);
    expect(scripts.filter((script) => manifest['scripts']?.[script] === undefined)).toEqual([]);
    const filters = found(text, /npx vitest run ([\w./ -]+)/g).flatMap((all) => all.trim().split(/\s+/));
    expect(filters.filter((filter) => !testFiles.some((file) => file.includes(filter)))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has a row with a reason for each direct dependency, and no other', () => {
    const { dependencies = {}, devDependencies = {} } = manifest;
    const rows = found(read('docs/dependencies.md'), /^\| `([^`]+)` \| \S.* \|$/gm);
    expect(rows).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  });
});

describe('docs/runbooks/refuses-to-sell.md', () => {
  const text = read('docs/runbooks/refuses-to-sell.md');
  const refusals = errorCodes.filter((code) => /^E-(DB|CFG)-/.test(code));

  it.each(refusals)('tells for %s what the screen says and what to do', (code) => {
    const { zh, en } = { zh: errorTexts.zh[code], en: errorTexts.en[code] };
    const heading = `## ${code} ${zh.what} / ${en.what}\n\n`;
    const quote = `> ${zh.money}${zh.todo}\n> ${en.money} ${en.todo}\n\n`;
    const [, section = ''] = text.split(`${heading}${quote}`);
    expect(section.split('\n## ')[0]?.trim().length).toBeGreaterThan(100);
  });

  it('has no other code', () => {
    expect(found(text, /^## (E-\S+)/gm).toSorted()).toEqual(refusals.toSorted());
  });
});

describe('docs/adr/README.md', () => {
  it('lists every decision by its title', () => {
    const decisions = globSync('docs/adr/0*.md', { cwd: root }).toSorted();
    const rows = decisions.map((file) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(read(file)) ?? [];
      return `| [${number}](${file.replace('docs/adr/', '')}) | ${title} |`;
    });
    expect(
      read('docs/adr/README.md')
        .split('\n')
        .filter((line) => line.startsWith('| [')),
    ).toEqual(rows);
  });
});

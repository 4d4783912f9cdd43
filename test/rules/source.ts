// The sources as the tidy rules see them: text, syntax tree, and a way to say where something stands.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** `path` is relative to the tree's root, with forward slashes. */
export type Source = { path: string; text: string; tree: ts.SourceFile };

/** Something a rule objects to, as "path:line what". */
export type Finding = string;

export const root = join(import.meta.dirname, '../..');

/** What git knows or would add, below `folder`: generated and ignored files are nobody's style. */
export function readSources(folder: string): Source[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((path) => /\.(ts|tsx|mjs|cjs|js)$/.test(path) && existsSync(join(folder, path)))
    .map((path) => parse(path, readFileSync(join(folder, path), 'utf8')));
}

export function parse(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true) };
}

export function isTest({ path }: Source): boolean {
  return /\.(test|spec)\.tsx?$/.test(path) || path.startsWith('test/');
}

/** All nodes below and including `node`, in order. */
export function* walk(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* walk(child);
}

/** @param position an offset into the text */
export function at(source: Source, position: number, what: string): Finding {
  const { line } = source.tree.getLineAndCharacterOfPosition(position);
  return `${source.path}:${line + 1} ${what}`;
}

/** One finding per match. `text` may be the source's text with parts blanked out, never shifted. */
export function matches(
  source: Source,
  pattern: RegExp,
  what: (match: string) => string,
  text = source.text,
) {
  return [...text.matchAll(pattern)].map((match) => at(source, match.index, what(match[0])));
}

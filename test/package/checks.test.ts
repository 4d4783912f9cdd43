// The checks that `npm run package` makes before it lets a package out: each must object to what it is there for.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readArchive, readFromArchive } from '../../tools/package/archive.ts';
import { chooseBuild, type Runtime } from '../../tools/package/builds.ts';
import { contentFaults } from '../../tools/package/contents.ts';
import { fuseFaults, parseFuses } from '../../tools/package/fuses.ts';

const folder = mkdtempSync(join(tmpdir(), 'yima-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MARKER = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const program = (wire: string) =>
  Buffer.from(`ELF...${MARKER}\u0001${String.fromCharCode(wire.length)}${wire}...`, 'latin1');

test('fuses are read in their order, and each that is wrong is named', () => {
  expect(fuseFaults(parseFuses(program('00001100')))).toEqual([]);
  expect(fuseFaults(parseFuses(program('11111100'))).map((fault) => fault.split(' ')[2])).toEqual([
    'runAsNode',
    'cookieEncryption',
    'nodeOptions',
    'nodeInspect',
  ]);
  expect(fuseFaults(parseFuses(program('0000r011')))).toHaveLength(4);
  // A newer Electron has more of them.
  expect(fuseFaults(parseFuses(program('000011001')))).toEqual([]);
});

test.each([
  ['no fuses', Buffer.from('ELF')],
  ['two sets of them', Buffer.concat([program('00001100'), program('00001100')])],
  ['fewer than we know', program('0000110')],
  ['a state that nobody knows', program('0000x100')],
])('a program with %s is not believed', (_, bytes) => {
  expect(() => parseFuses(bytes)).toThrow(/fuse/);
});

/** An archive as Electron's own tool lays it out. */
function writeArchive(file: string, contents: Record<string, string>): void {
  const files: Record<string, object> = {};
  let offset = 0;
  for (const [path, text] of Object.entries(contents)) {
    let node = files;
    const names = path.split('/');
    for (const name of names.slice(0, -1)) {
      const inner = (node[name] ??= { files: {} }) as { files: Record<string, object> };
      node = inner.files;
    }
    node[names.at(-1) ?? ''] = { size: text.length, offset: String(offset) };
    offset += text.length;
  }
  const header = Buffer.from(JSON.stringify({ files }));
  const padded = Buffer.concat([header, Buffer.alloc((4 - (header.length % 4)) % 4)]);
  const prefix = Buffer.alloc(16);
  [4, padded.length + 8, padded.length + 4, header.length].forEach((value, index) =>
    prefix.writeUInt32LE(value, index * 4),
  );
  writeFileSync(file, Buffer.concat([prefix, padded, Buffer.from(Object.values(contents).join(''))]));
}

const inside = {
  'package.json': '{}',
  'dist/main/main.cjs': 'main',
  'dist/main/preload.cjs': 'preload',
  'dist/core/core.mjs': 'core',
  'dist/core/main.mjs': 'the rest of the core',
};
const outside = ['yima-dev', 'chrome-sandbox', 'locales/zh-CN.pak', 'resources/node/bin/node'];
const build = { name: 'yima-dev', hasOwnNode: true } as const;

function packageOf(name: string, more: { inside?: Record<string, string>; outside?: string[] } = {}): string {
  const place = join(folder, name);
  for (const path of [...outside, ...(more.outside ?? [])]) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), '');
  }
  mkdirSync(join(place, 'resources/app.asar.unpacked'), { recursive: true });
  writeArchive(join(place, 'resources/app.asar'), { ...inside, ...more.inside });
  return place;
}

test('an archive gives its files back, each with its own bytes', () => {
  const archive = readArchive(join(packageOf('read'), 'resources/app.asar'));
  expect(archive.files.map(({ path }) => path)).toEqual(Object.keys(inside));
  expect(readFromArchive(archive, 'dist/core/core.mjs').toString()).toBe('core');
  expect(() => readFromArchive(archive, 'dist/none')).toThrow('has no dist/none');
});

test('a package that is as it must be passes', () => {
  expect(contentFaults(packageOf('good'), build)).toEqual([]);
});

test.each<[string, Parameters<typeof packageOf>[1], RegExp]>([
  ['a simulator', { inside: { 'fixtures/codes.js': '' } }, /fixtures\/codes.js does not belong/],
  ['a tool', { inside: { 'tools/yima.ts': '' } }, /tools\/yima.ts does not belong/],
  ['a test beside the core', { outside: ['resources/app.asar.unpacked/test/a.js'] }, /test\/a.js does not/],
  ['a map', { inside: { 'dist/main/main.cjs.map': '' } }, /main.cjs.map is a source or a map/],
  ['types', { outside: ['resources/app.asar.unpacked/node_modules/a/a.d.ts'] }, /a.d.ts is a source/],
  [
    'another system’s code',
    { outside: ['resources/app.asar.unpacked/node_modules/a/win32-x64.node'] },
    /another/,
  ],
  ['Electron’s own application', { outside: ['resources/default_app.asar'] }, /for development/],
])('%s in a package is found', (name, more, fault) => {
  expect(contentFaults(packageOf(name.replaceAll(/\W/g, '-'), more), build).join('\n')).toMatch(fault);
});

test('a package without its program, its core or the right Node is found', () => {
  expect(contentFaults(packageOf('name'), { name: 'yima', hasOwnNode: false })).toEqual([
    'yima is missing',
    'resources/node/bin/node must not be there',
  ]);
});

test('only an official runtime gets the name of a shop’s till, and no test build does', () => {
  const runtime = (kind: Runtime['kind']) => ({ kind, electron: '1.0.0', distPath: '/x' });
  const choices = (['official', 'npm-carried'] as const).flatMap((kind) =>
    [false, true].map((isTestBuild) => chooseBuild(runtime(kind), isTestBuild)),
  );
  expect(choices.map(({ name, hasOwnNode, mainFolder }) => [name, hasOwnNode, mainFolder])).toEqual([
    ['yima', false, 'dist/main'],
    ['yima-test', false, 'dist/test-build/main'],
    ['yima-dev', true, 'dist/main'],
    ['yima-test', true, 'dist/test-build/main'],
  ]);
});

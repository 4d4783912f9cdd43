// What is in the packages: only what was built, the fuses as they must be, and no difference but the one that is meant.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { transformSync } from 'esbuild';
import { oldest } from '../../tools/build/oldest.ts';
import { readArchive, readFromArchive } from '../../tools/package/archive.ts';
import { applicationFiles, contentFaults, filesBelow } from '../../tools/package/contents.ts';
import { readFuses, wantedFuses } from '../../tools/package/fuses.ts';
import { PACKING_ms, type Packed, packBoth, runtime, testBuild, till } from './packed.ts';

test.beforeAll(() => {
  test.setTimeout(PACKING_ms);
  packBoth();
});

const archiveOf = ({ folder }: Packed) => readArchive(join(folder, 'resources/app.asar'));

test('the packages hold what was built and what it needs, no source, no simulator, no test', () => {
  for (const packed of [till, testBuild]) {
    expect(contentFaults(packed.folder, packed.build)).toEqual([]);
    const tops = applicationFiles(packed.folder).map((path) => path.split('/').slice(0, 2).join('/'));
    const built = new Set(tops.filter((path) => !path.startsWith('node_modules/')));
    expect([...built]).toEqual(['dist/core', 'dist/main', 'dist/renderer', 'package.json']);
  }
});

test('a third party’s runtime never carries the name of a shop’s till', () => {
  const shopName = runtime.kind === 'official' ? 'yima' : 'yima-dev';
  const names = [till, testBuild].map(({ build, program }) => [build.name, program.split('/').at(-1)]);
  expect(names).toEqual([
    [shopName, shopName],
    ['yima-test', 'yima-test'],
  ]);
  const packageNames = [till, testBuild].map((packed) => {
    const { name, productName } = JSON.parse(readFromArchive(archiveOf(packed), 'package.json').toString());
    return [name, productName];
  });
  expect(packageNames).toEqual(names);
});

test('the fuses of both programs are as they must be, and those of the runtime are not', () => {
  expect([till, testBuild].map(({ program }) => readFuses(program))).toEqual([wantedFuses, wantedFuses]);
  expect(readFuses(join(runtime.distPath, 'electron'))).not.toEqual(wantedFuses);
});

/** Every file with the hash of its bytes; the archive by what is in it. */
function hashes(packed: Packed): Map<string, string> {
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const archive = archiveOf(packed);
  const inside = archive.files.map(
    ({ path }) => [`app/${path}`, hash(readFromArchive(archive, path))] as const,
  );
  const outside = filesBelow(packed.folder)
    .filter((path) => !path.startsWith('resources/app.asar'))
    .map(
      (path) =>
        [
          path === packed.build.name ? 'the program' : path,
          hash(readFileSync(join(packed.folder, path))),
        ] as const,
    );
  return new Map([...inside, ...outside]);
}

test('the test build differs in its name and in one compiled decision', () => {
  const [ours, theirs] = [hashes(till), hashes(testBuild)];
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (path) => ours.get(path) !== theirs.get(path),
  );
  expect(different.sort()).toEqual(['app/dist/main/main.cjs', 'app/package.json']);
  const [mine, other] = [till, testBuild].map((packed) =>
    readFromArchive(archiveOf(packed), 'dist/main/main.cjs').toString().split('\n'),
  );
  const lines =
    mine?.flatMap((line, index) => (line === other?.[index] ? [] : [[line, other?.[index]]])) ?? [];
  expect(other?.length).toBe(mine?.length);
  expect(lines).toEqual([
    [expect.stringContaining('isTestBuild: false'), expect.stringContaining('isTestBuild: true')],
  ]);
});

/** True where nothing in the code is newer than the target: then there is nothing to rewrite. */
function isWithin(target: string, code: string): boolean {
  const options = { legalComments: 'none' } as const;
  return transformSync(code, { ...options, target }).code === transformSync(code, options).code;
}

test('main, preload and page use no syntax that the oldest runtime does not know', () => {
  const archive = archiveOf(till);
  const read = (path: string) => readFromArchive(archive, path).toString();
  const page = archive.files.map(({ path }) => path).filter((path) => /^dist\/renderer\/.*\.js$/.test(path));
  expect(page.length).toBeGreaterThan(0);
  expect(isWithin(oldest.main, read('dist/main/main.cjs'))).toBe(true);
  for (const path of ['dist/main/preload.cjs', ...page])
    expect([path, isWithin(oldest.page, read(path))]).toEqual([path, true]);
  expect(isWithin(oldest.main, 'using file = open();')).toBe(false);
  expect(isWithin(oldest.page, 'using file = open();')).toBe(false);
});

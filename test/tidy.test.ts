// House rules that no compiler and no linter checks: sizes, words, clocks, swallowed errors, ordered queries.
import { expect, test } from 'vitest';
import { emptyCatches } from './rules/catches.ts';
import { strayClocks } from './rules/clocks.ts';
import { unorderedSelects } from './rules/queries.ts';
import { highMedian, longFiles, longFunctions } from './rules/sizes.ts';
import { readSources, root } from './rules/source.ts';
import { bannedWords, leftovers } from './rules/words.ts';

const sources = readSources(root).filter(({ path }) => !path.startsWith('test/rules/bad/'));

test('the rules see the sources', () => {
  expect(sources.length).toBeGreaterThan(200);
});

test.each([
  ['no file is too long', () => longFiles(sources)],
  ['the median file is small', () => highMedian(sources)],
  ['no function is too long', () => sources.flatMap(longFunctions)],
  ['no word means too much', () => sources.flatMap(bannedWords)],
  ['nothing is left behind', () => sources.flatMap(leftovers)],
  ['time and chance come through ports', () => sources.flatMap(strayClocks)],
  ['no error is swallowed', () => sources.flatMap(emptyCatches)],
  ['rows come in a stated order', () => sources.flatMap(unorderedSelects)],
])('%s', (_, findings) => {
  expect(findings()).toEqual([]);
});

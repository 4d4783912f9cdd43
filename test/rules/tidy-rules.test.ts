// Each tidy rule is shown to object to a bad example, and only to that: a rule that finds nothing proves nothing.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyCatches } from './catches.ts';
import { strayClocks } from './clocks.ts';
import { unorderedSelects } from './queries.ts';
import { highMedian, longFiles, longFunctions } from './sizes.ts';
import { type Finding, parse, type Source } from './source.ts';
import { bannedWords, leftovers } from './words.ts';

const folder = join(import.meta.dirname, 'bad/tidy');
// Those that a plain search would take for the product's own leftovers end in .txt.
const bad = globSync('**/*.{ts,txt}', { cwd: folder })
  .toSorted()
  .map((path) => parse(path.replace(/\.txt$/, ''), readFileSync(join(folder, path), 'utf8')));

test.each<[string, (source: Source) => Finding[], string[]]>([
  [
    'banned words',
    bannedWords,
    [
      'acquirers/gateway/words.ts:2 "transactionList"',
      'core/words.ts:1 "transactionAmount"',
      'core/words.ts:2 "transactionAmount"',
    ],
  ],
  [
    'leftovers',
    leftovers,
    ['core/leftover.ts:1 "TO', 'core/skipped.test.ts:3 "test.skip"', 'core/skipped.test.ts:4 "test.only"'],
  ],
  [
    'clocks',
    strayClocks,
    [
      'core/engine/clocks.ts:3 Date.now',
      'core/engine/clocks.ts:4 new Date()',
      'core/engine/clocks.ts:5 Math.random',
    ],
  ],
  [
    'empty catches',
    emptyCatches,
    ['drivers/printer/catches.ts:4 an', 'drivers/printer/catches.ts:7 an', 'drivers/printer/catches.ts:8 an'],
  ],
  [
    'queries',
    unorderedSelects,
    ['db/queries.ts:4 a', 'db/queries.ts:5 a', 'db/queries.ts:6 a', 'db/queries.ts:7 a'],
  ],
  ['long functions', longFunctions, ['core/long-function.ts:1 a']],
])('%s', (_, rule, expected) => {
  const found = bad.flatMap(rule);
  expect(found.map((finding) => expected.find((start) => finding.startsWith(start)) ?? finding)).toEqual(
    expected,
  );
});

test('file sizes', () => {
  const lines = (count: number) => parse('core/some.ts', '// line\n'.repeat(count));
  expect(longFiles([lines(400)])).toEqual([]);
  expect(longFiles([lines(401)])).toEqual([expect.stringMatching('401 lines')]);
  expect(highMedian([lines(10), lines(89), lines(399)])).toEqual([]);
  expect(highMedian([lines(10), lines(90), lines(90)])).toEqual([expect.stringMatching('90 lines')]);
});

// One way for the chosen row of a list to come into sight: where each list had its own, some lost it to the arrow keys, and some pulled it
// back from under a finger at each drawing.
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

it('every list with a chosen row is one of ListRow', () => {
  const own = globSync('**/*.tsx', { cwd: root }).filter((file) =>
    /aria-current=|scrollIntoView/.test(readFileSync(`${root}/${file}`, 'utf8')),
  );
  expect(own).toEqual(['ui/ListRow.tsx']);
});

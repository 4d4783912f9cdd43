// What is said to be lost is neither more nor less than what is known.
import { expect, it } from 'vitest';
import { lostOf } from './lost.ts';

it.each([
  [
    { sequence: 123, lostSequence: 150 },
    { kind: 'some', first: 124, last: 150 },
  ],
  [
    { sequence: 123, lostSequence: 124 },
    { kind: 'some', first: 124, last: 124 },
  ],
  [{ sequence: 123, lostSequence: 123 }, { kind: 'none' }],
  // The head file may be behind the backup.
  [{ sequence: 123, lostSequence: 120 }, { kind: 'none' }],
  [{ sequence: 123, lostSequence: null }, { kind: 'unknown' }],
])('%j: %j', (gap, lost) => {
  expect(lostOf(gap)).toEqual(lost);
});

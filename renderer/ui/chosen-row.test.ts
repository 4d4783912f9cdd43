import { describe, expect, it } from 'vitest';
import { itemsOf } from '../features/attention/items.ts';
import { giveBackOf } from '../preview/found.ts';
import { placeOf, steppedTo, wantedOf } from './chosen-row.ts';

describe('the chosen row of a list that changes by itself', () => {
  it('stays the one that was looked at when another one moves before it', () => {
    const failed = giveBackOf({ giveBackId: 'A', state: 'failed', openedAt_ms: 10 });
    const other = giveBackOf({ giveBackId: 'B', state: 'pending', openedAt_ms: 5 });
    const idsOf = (state: 'pending' | 'failed') =>
      itemsOf([], [failed, { ...other, state }]).map(({ id }) => id);
    const wanted = wantedOf(undefined, idsOf('pending'));
    expect(idsOf('pending')[placeOf(wanted, idsOf('pending'))]).toBe('A');
    // An older refund fails, too: it stands first now.
    const after = idsOf('failed');
    expect(after[0]).toBe('B');
    expect(after[placeOf(wantedOf(wanted, after), after)]).toBe('A');
  });

  it('is none when its row has gone, until somebody chooses again', () => {
    const wanted = wantedOf('A', ['B', 'C']);
    expect(placeOf(wanted, ['B', 'C'])).toBe(-1);
    expect([steppedTo(wanted, ['B', 'C'], 1), steppedTo(wanted, ['B', 'C'], -1)]).toEqual(['B', 'B']);
  });

  it('is the first when the list comes, and moves within it', () => {
    expect([wantedOf(undefined, []), wantedOf(undefined, ['A', 'B'])]).toEqual([undefined, 'A']);
    expect([-1, 1].map((by) => steppedTo('A', ['A', 'B'], by))).toEqual(['A', 'B']);
    expect(steppedTo('B', ['A', 'B'], 1)).toBe('B');
  });
});

import { expect, it } from 'vitest';
import { giveBackOf } from '../../preview/found.ts';
import { itemsOf } from './items.ts';
import { isStillMeant } from './meant.ts';

const failed = giveBackOf({ state: 'failed', unproven: false, reason: 'E-REF-03', canRetry: true });
const [item] = itemsOf([], [failed]);

it('cash for a refund that failed is meant as long as it stands so in the newest snapshot', () => {
  if (item === undefined) throw new Error('no item');
  const other = giveBackOf({ giveBackId: 'another', state: 'pending' });
  expect(isStillMeant(item, { giveBacks: [other, failed] })).toBe(true);
  const perhapsBack = { ...failed, reason: 'E-REF-06', canRetry: false } as const;
  expect(isStillMeant(item, { giveBacks: [other, perhapsBack] })).toBe(false);
  expect(isStillMeant(item, { giveBacks: [other] })).toBe(false);
  expect(isStillMeant(item, null)).toBe(false);
});

import { describe, expect, it } from 'vitest';
import type { SaleFound } from '../../../contract/snapshot.ts';
import { foundSale, giveBackOf } from '../../preview/found.ts';
import { everything, linesOf } from './selection.ts';
import { askedAs } from './usePreview.ts';

type GiveBack = SaleFound['giveBacks'][number];

const lines = linesOf(everything(foundSale), foundSale);
const asked = (change: Partial<GiveBack>): string =>
  askedAs({ ...foundSale, giveBacks: [giveBackOf(change)] }, lines);

describe('what a return would give back', () => {
  it('is asked anew when a refund of the sale has ended', () => {
    expect(asked({ state: 'done', unproven: false })).not.toBe(asked({ state: 'inquiring', unproven: true }));
  });

  it('is not asked anew each time that an open refund is looked after: nobody touches a key by that', () => {
    expect(asked({ nextStepAt_ms: 2_000, inquiries: 8 })).toBe(asked({ nextStepAt_ms: 1_000, inquiries: 7 }));
  });
});

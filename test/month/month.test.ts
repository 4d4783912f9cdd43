// Short months in virtual time: every book agrees, and a planted lie in any of them is found. The whole month: npm run month.
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectory } from './directory.ts';
import { type MonthResult, runMonth } from './month.ts';
import type { Plant } from './shop.ts';

let directory = '';
beforeEach(() => {
  directory = makeDirectory();
});
afterEach(() => rmSync(directory, { recursive: true }));

function month(seed: number, plant: Plant | null, days = 3): MonthResult {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return runMonth({ days, sales: 60, seed, directory, plant, verify: true, everyFault: false, say });
}

describe('three days of sixty sales', () => {
  it.each([11, 12])('agree to the fen, seed %i', (seed) => {
    expect(month(seed, null)).toMatchObject({ ok: true });
  });

  it('are the same again from the same seed', () => {
    const first = month(13, null, 1);
    rmSync(directory, { recursive: true });
    expect(month(13, null, 1)).toEqual(first);
  });
});

describe('a planted lie is found', () => {
  it.each([
    ['chargeTwice', /^wallets .*approved/],
    ['refundNotPaidOut', /^wallets .*refunds/],
    ['declinedButCharged', /is declined and the acquirer has it as paid/],
    ['noteLost', /^cash that should be in the drawer/],
    ['wrongPrice', /^(sum|amount) of /],
    ['secondComputationOff', /^the two computations of a.* differ: net_fen/],
  ] as const)('%s', (plant, difference) => {
    const result = month(11, plant);
    expect(result).toMatchObject({ ok: false, difference: expect.stringMatching(difference) });
  });
});

// A part of the network sweep (the whole: `npm run test:network`): a few faults on a real wire between two network namespaces,
// seeded by the commit; and a planted bug that they must find.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedOfCommit } from '../commit-seed.ts';
import { cases } from './cases.ts';
import { type Lane, openLane } from './lane.ts';

const DEADLINE_ms = 240_000;

const seed = seedOfCommit();
process.stdout.write(`network seed ${seed}\n`);
const lanes: Lane[] = [];
beforeAll(async () => {
  // One for the trials that must pass and one for the planted bug.
  lanes.push(...(await Promise.all([openLane(seed), openLane(seed)])));
}, DEADLINE_ms);
afterAll(async () => {
  for (const lane of lanes) await lane.stop();
}, DEADLINE_ms);

type Trial = { name: string; seed: number; plant?: string };

async function run(lane: Lane | undefined, { name, seed: own, plant }: Trial): Promise<string[]> {
  const one = cases.find((each) => each.name === name);
  if (one === undefined || lane === undefined) throw new Error(`no case ${name}`);
  return (await lane.run(one, own, plant)).problems;
}

// A seed for each: the acquirer takes no customer's code twice.
it.each([
  { name: 'cableOut/pay/charged/short', own: seed },
  { name: 'reset/pay/requested/long', own: seed + 1 },
  { name: 'proxyTrusted/pay/before/short', own: seed + 2 },
  { name: 'certificateExpired/refund/before/short', own: seed + 3 },
])(
  '$name: every payment is proven, and the ledger agrees',
  { timeout: DEADLINE_ms },
  async ({ name, own }) => {
    const again = `npm run test:network -- --case ${name} --seed ${own}`;
    expect(await run(lanes[0], { name, seed: own }), again).toEqual([]);
  },
);

it('nothing moves at the acquirer after its trial', { timeout: DEADLINE_ms }, async () => {
  expect(await lanes.shift()?.stop()).toEqual([]);
});

it('a time-out taken for a no is found', { timeout: DEADLINE_ms }, async () => {
  // A short one ends as soon as the till tells anything: on a busy machine that may come before the time-out.
  const name = 'halfOpenDown/pay/charged/long';
  const problems = await run(lanes[0], { name, seed, plant: 'timeoutDeclined' });
  expect(problems.join('\n')).toMatch(/was shown declined when the ledger said charged/);
});

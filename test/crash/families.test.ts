// The same promise over an adapter of each family of protocols: killed in mid-payment and in mid-refund, a till of WeChat Pay, Alipay or
// UnionPay ends with a proof that the acquirer's own books confirm. (The gateway: crash.test.ts. More: `npm run test:crash -- --family NAME`.)
import { afterAll, describe, expect, it } from 'vitest';
import { generator } from '../../fixtures/codes.ts';
import { drawnByCommit, seedOfCommit } from '../commit-seed.ts';
import { directFamilies, type FamilyName } from './family.ts';
import { type Lane, openLane } from './lane.ts';

const DEADLINE_ms = 600_000;
const seed = seedOfCommit();

/** From the opening of the shift to the last paper: where a payment or a refund is under way. */
const FIRST_share = 0.55;

let lane: Lane | null = null;
afterAll(() => lane?.stop());

async function laneOf(family: FamilyName): Promise<Lane> {
  await lane?.stop();
  lane = await openLane(family);
  return lane;
}

/** Dead once, at a write from this share on: a run may make fewer than the one that was counted. */
async function killed(open: Lane, name: string, share: number): Promise<void> {
  const scenario = open.scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  const { pwrite64 } = await open.count(scenario);
  for (const nearer of [1, 0.85, 0.7]) {
    const when = Math.max(1, Math.round(pwrite64 * share * nearer));
    const outcome = await open.run(scenario, { call: 'pwrite64', when });
    expect(outcome.problems, `${name} killed at pwrite64 ${when} of ${pwrite64}`).toEqual([]);
    if (outcome.crashes === 1) return;
  }
  throw new Error(`${name} was never killed: ${pwrite64} writes, seed ${seed}`);
}

describe.each(directFamilies)('%s', (family) => {
  it('without a crash, and killed in two of: a payment, after a lost answer, in a refund, with a code shown', {
    timeout: DEADLINE_ms,
  }, async () => {
    const random = generator(seed + family.length);
    const open = await laneOf(family);
    for (const scenario of drawnByCommit(open.scenarios, 3, `calm ${family}`))
      expect(await open.run(scenario, null), scenario.name).toMatchObject({ crashes: 0, problems: [] });
    for (const name of drawnByCommit(['paid', 'answerLost', 'refunded', 'scanned'], 2, `killed ${family}`))
      await killed(open, name, FIRST_share + random() * (0.95 - FIRST_share));
  });
});

// A sample of the crash sweep (the whole: `node test/crash/sweep.ts`): the core is killed at the entry of writes and syncs of
// a sale, once more while it recovers, and afterwards every payment has a proof that the acquirer's ledger confirms.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lane, openLane } from './lane.ts';
import { planCuts, planErrors, textOf } from './tasks.ts';
import { drawnByCommit, seedOfCommit } from '../commit-seed.ts';
import type { CrashCall, CrashPoint } from './traced-core.ts';

const DEADLINE_ms = 240_000;
/** Where the sample falls, as shares of all calls of that kind: the creation of the files, the opening, sending, answer, print. */
const everywhere = { pwrite64: [0.1, 0.62, 0.74], fsync: [0.75], write: [0.05] } as const;
/** Later: the way to the receipt is the others' already. */
const lateOnly = { pwrite64: [0.62, 0.85] } as const;

/** Which errors and cuts are tried changes from commit to commit. */
const sample = {
  seed: seedOfCommit(),
  call: undefined,
  double: false,
  say: (line: string) => process.stdout.write(`${line}\n`),
};
const MOST_trials = 3;
const CALM_trials = 5;

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
});
afterAll(() => lane.stop());

describe.each([
  { name: 'paid', places: everywhere, least: 4 },
  { name: 'answerLost', places: everywhere, least: 4 },
  { name: 'queued', places: everywhere, least: 4 },
  { name: 'scanned', places: lateOnly, least: 2 },
  { name: 'cash', places: lateOnly, least: 2 },
  { name: 'refundLost', places: lateOnly, least: 2 },
  { name: 'dayClosed', places: lateOnly, least: 2 },
])('a trial that is $name', ({ name, places, least }) => {
  it('keeps its promises wherever the core is killed', { timeout: DEADLINE_ms }, async () => {
    const scenario = lane.scenarios.find((one) => one.name === name);
    if (!scenario) throw new Error(`no scenario ${name}`);
    const counts = await lane.count(scenario);
    let crashes = 0;
    for (const [call, shares] of Object.entries(places) as [CrashCall, readonly number[]][]) {
      for (const share of shares) {
        const point = { call, when: Math.max(1, Math.round(counts[call] * share)) };
        const again: CrashPoint = { call: 'pwrite64', when: 12 };
        const outcome = await lane.run(scenario, point, share === 0.62 ? again : undefined);
        expect(outcome.problems, `${name} killed at ${call} ${point.when} of ${counts[call]}`).toEqual([]);
        crashes += outcome.crashes;
      }
    }
    expect(crashes).toBeGreaterThanOrEqual(least);
  });
});

describe.each([
  { call: 'fsync', error: 'EIO' },
  { call: 'pwrite64', error: 'EIO' },
  { call: 'pwrite64', error: 'ENOSPC' },
] as const)('a disk whose $call fails with $error in mid-sale', ({ call, error }) => {
  it('ends the core, which recovers from what is on the disk', { timeout: DEADLINE_ms }, async () => {
    const scenario = lane.scenarios.find((one) => one.name === 'paid');
    if (!scenario) throw new Error('no scenario');
    const counts = await lane.count(scenario);
    const outcome = await lane.run(scenario, { call, error, when: Math.round(counts[call] * 0.6) });
    expect(outcome).toMatchObject({ crashes: 1, problems: [] });
  });
});

describe('a disk that goes on failing, from a moment on', () => {
  it('ends in a core that stops or refuses, and nothing is lost', { timeout: DEADLINE_ms }, async () => {
    const plan = { ...sample, every: 37, scenario: 'paid' };
    const tasks = await planErrors(lane, plan);
    expect(tasks.length).toBeGreaterThan(2);
    const tried = tasks.slice(0, MOST_trials);
    let reached = 0;
    for (const task of tried) {
      const scenario = lane.scenarios.find((one) => one.name === task.scenario);
      if (!scenario) throw new Error(`no scenario ${task.scenario}`);
      const { isReached, problems } = await lane.run(scenario, task.point);
      expect(problems, `paid ${textOf(task)}`).toEqual([]);
      if (isReached) reached += 1;
    }
    // One run makes a call more or less than another: its last one of a kind may not come.
    expect(reached).toBeGreaterThan(tried.length / 2);
  });
});

it('a disk that is full when the core starts ends in a till that says so', {
  timeout: DEADLINE_ms,
}, async () => {
  const scenario = lane.scenarios.find((one) => one.name === 'paid');
  if (!scenario) throw new Error('no scenario');
  // The head file's line is the first; then the journal opens, and its first commit does not fit.
  const writes = (await lane.phases(scenario)).filter(
    ({ phase, call }) => phase === 'begin' && call === 'pwrite64',
  );
  const when = writes[1]?.when ?? 0;
  const point = { call: 'pwrite64', when, error: 'ENOSPC', forGood: true, diskOnly: true } as const;
  const outcome = await lane.run(scenario, point);
  expect(outcome).toMatchObject({ problems: [], refusal: expect.stringMatching(/^E-DB-06 .*SQLITE_FULL/) });
});

describe('a power cut in the middle of a queued sale', () => {
  it('takes nothing with it that anybody was told', { timeout: DEADLINE_ms }, async () => {
    const tasks = await planCuts(lane, { ...sample, every: 90, scenario: 'queued' });
    let crashes = 0;
    for (const task of tasks.slice(0, MOST_trials)) {
      const scenario = lane.scenarios.find((one) => one.name === task.scenario);
      if (!scenario) throw new Error(`no scenario ${task.scenario}`);
      const outcome = await lane.run(scenario, task.point);
      expect(outcome.problems, `queued ${textOf(task)}`).toEqual([]);
      crashes += outcome.crashes;
    }
    expect(crashes).toBeGreaterThan(0);
  });
});

it('without a crash nothing is amiss either', { timeout: DEADLINE_ms }, async () => {
  for (const scenario of drawnByCommit(lane.scenarios, CALM_trials, 'calm')) {
    expect(await lane.run(scenario, null), scenario.name).toMatchObject({ crashes: 0, problems: [] });
  }
});

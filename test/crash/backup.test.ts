// A sample of the backup's sweep (the whole: `npm run test:crash -- --part backup`), other points with each commit; and that
// the sweep finds a backup that counts before it is whole.
import { describe, expect, it } from 'vitest';
import { drawnByCommit } from '../commit-seed.ts';
import { openBackupLane } from './backup-sweep.ts';
import { backupScenarios } from './backup-shop.ts';
import { textOfPoint } from './tasks.ts';

const DEADLINE_ms = 240_000;
const SAMPLE = 6;

describe.each(backupScenarios)('the %s backup', (scenario) => {
  it('harms neither journal nor older backups wherever it ends', { timeout: DEADLINE_ms }, async () => {
    const lane = await openBackupLane(scenario);
    const renames = lane.points.filter(({ call }) => call === 'rename');
    expect(renames).toHaveLength(5);
    for (const point of [renames[0], ...drawnByCommit(lane.points, SAMPLE, `backup ${scenario}`)]) {
      if (point === undefined) throw new Error('no point');
      const outcome = await lane.run(point);
      expect(outcome, textOfPoint(point)).toEqual({ reached: true, problems: [] });
    }
    lane.stop();
  });
});

it('the names on the way to the first backup are as safe as itself', { timeout: DEADLINE_ms }, async () => {
  const lane = await openBackupLane('first');
  lane.drop();
  // What is half made, its directory, and the two above it that were made for it.
  expect(lane.synced).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^backups\/till\/yima-[0-9a-f]{8}-\d+\.partial$/),
      'backups/till',
      'backups',
      '',
    ]),
  );
});

it('one that has its name before it is whole is found out', { timeout: DEADLINE_ms }, async () => {
  const lane = await openBackupLane('third');
  const writes = lane.points.filter(({ call, error }) => call === 'pwrite64' && error === undefined);
  const middle = writes[Math.floor(writes.length / 2)];
  if (middle === undefined) throw new Error('no write');
  const { reached, problems } = await lane.run(middle, true);
  lane.drop();
  expect(reached).toBe(true);
  expect(problems).toContainEqual(expect.stringContaining('counts for a backup and does not verify'));
});

// One seed from beginning to end.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnd } from './end.ts';
import { Violation } from './failure.ts';
import { People } from './people.ts';
import { comeToRest } from './settling.ts';
import { World } from './world.ts';

export type SeedResult = {
  seed: number;
  /** Null: every promise was kept. */
  violation: { invariant: string; detail: string } | null;
  hash: string;
  payments: number;
  records: number;
  simulated_ms: number;
  counts: ReadonlyMap<string, number>;
};

const DAY_limit_ms = 7 * 3_600_000;
/** The files of a simulated till need no disk: the simulation has one of its own. */
const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

function live(world: World, stateDirectory: string): Violation | null {
  try {
    const people = new People(world);
    people.begin();
    world.time.run(DAY_limit_ms, () => people.isOver);
    people.isOver = true;
    comeToRest(world);
    checkEnd(world, stateDirectory);
    return null;
  } catch (error) {
    if (error instanceof Violation) return error;
    return new Violation('noDefect', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

export function runSeed(seed: number, say: ((line: string) => void) | null = null): SeedResult {
  const directory = mkdtempSync(join(root, 'yima-sim-'));
  const world = new World({ seed, directory, say });
  try {
    const violation = live(world, join(directory, 'state'));
    const { trace, watch, time, counts } = world;
    if (violation !== null) trace.line('broken', violation.message);
    return {
      seed,
      violation: violation === null ? null : { invariant: violation.invariant, detail: violation.message },
      hash: trace.hash(),
      payments: watch.sums.payRequests,
      records: watch.sums.records,
      simulated_ms: time.sinceStart_ms(),
      counts,
    };
  } finally {
    world.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

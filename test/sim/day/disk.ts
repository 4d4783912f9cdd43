// The store with a disk that fails: the power of the process goes before or after a write, a write throws and is on the disk, a
// write throws and is not, the disk is full, or slow. Everything else is the real store on its real file.
import Database from 'better-sqlite3';
import type { Commit, JournalHead, Store } from '../../../core/ports/journal.ts';
import type { Chance } from '../../month/random.ts';
import { Death } from './failure.ts';
import type { Plan } from './plan.ts';

export type DiskDependencies = {
  chance: Chance;
  weights: Plan['disk'];
  isCalm(): boolean;
  /** A process that is gone writes nothing any more. */
  isDead(): boolean;
  saw(kind: string): void;
  story(text: string): void;
  /** This is on the disk now, whatever the writer hears of it. */
  written(head: JournalHead, commit: Commit): void;
  /** The disk took so long. */
  slow(by_ms: number): void;
};

const SLOWEST_write_ms = 3000;
/** Between a decision and what is seen of it stand up to two slow writes: a commit, and a mark. */
export const SLOW_ms = 2 * SLOWEST_write_ms + 1000;

type Fault = keyof Plan['disk'] | 'none';

function failed(code: string): Error {
  return new Database.SqliteError('the simulated disk says no', code);
}

function draw({ chance, weights, isCalm }: DiskDependencies): Fault {
  if (isCalm()) return 'none';
  let left = chance.unit();
  for (const name of Object.keys(weights) as (keyof Plan['disk'])[]) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return 'none';
}

/** @throws Death or a SqliteError as the fault wants it, `write` done or not. */
function struck<Result>(deps: DiskDependencies, what: string, write: () => Result): Result {
  if (deps.isDead()) throw new Death(`before ${what}`);
  const fault = draw(deps);
  if (fault !== 'none') {
    deps.saw(`disk.${fault}`);
    deps.story(`${what} [${fault}]`);
  }
  switch (fault) {
    case 'crashBefore':
      throw new Death(`before ${what}`);
    case 'throwLost':
      throw failed('SQLITE_IOERR_WRITE');
    case 'full':
      throw failed('SQLITE_FULL');
    default:
  }
  if (fault === 'slow') deps.slow(deps.chance.whole(20, SLOWEST_write_ms));
  const result = write();
  if (fault === 'crashAfter') throw new Death(`after ${what}`);
  if (fault === 'throwCommitted') throw failed('SQLITE_IOERR_FSYNC');
  return result;
}

export function onBadDisk(store: Store, deps: DiskDependencies): Store {
  return {
    ...store,
    commit: (commit) =>
      struck(deps, 'commit', () => {
        const head = store.commit(commit);
        deps.written(head, commit);
        return head;
      }),
    markSent: (rowIds) =>
      struck(deps, `mark sent ${rowIds.join()}`, () => {
        store.markSent(rowIds);
        deps.story(`rows ${rowIds.join()} are marked as sent`);
      }),
  };
}

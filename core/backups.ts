// When backups are made: after each Z, and at an interval while nobody is served. A failed one is told to those who can mend
// it, and tried again; it never stops the till from selling.
import type { ErrorCode } from '../contract/errors.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { makeBackupAside, newestAside } from '../db/backup-aside.ts';
import type { BackupFile } from '../db/backup-files.ts';
import { isCounterTaken } from './domain/till/queries.ts';
import type { Engine } from './engine/engine.ts';
import type { Clock } from './ports/clock.ts';

export type Backups = {
  start(): void;
  stop(): Promise<void>;
  view(): Pick<Snapshot, 'backupFault'>;
  /** For the examination. `age_ms`: by the wall clock; null: none yet. */
  told(): {
    age_ms: number | null;
    sequence: number | null;
    fault: { code: ErrorCode; detail: string } | null;
    every_ms: number;
  };
};

export type BackupsDependencies = {
  engine: Engine;
  clock: Clock;
  stateDirectory: string;
  directory: string;
  keep: number;
  every_ms: number;
  make: typeof makeBackupAside;
  /** Of this till: others may have theirs there. */
  newest: typeof newestAside;
  changed(): void;
};

const LOOK_every_ms = 60 * 1000;
const RETRY_after_ms = 10 * 60 * 1000;
/** A journal of years takes minutes. */
const HANGS_after_ms = 60 * 60 * 1000;

type Fault = { code: ErrorCode; detail: string; at_ms: number };

class BackupKeeper implements Backups {
  readonly #deps: BackupsDependencies;
  /** A backup, or at the start the look for the newest one. */
  #underWay: { stop(): Promise<void> } | null = null;
  #begunAt_ms = 0;
  /** Unknown until that look has ended: the folder may be on a stick or a share that hangs, and the till sells meanwhile. */
  #newest: BackupFile | null = null;
  #fault: Fault | null = null;
  #triedAt_ms: number | null = null;
  #zNumber: number;
  /** A Z that nobody has backed up yet. */
  #isZWaiting = false;
  #isStopped = false;
  #cancel: (() => void) | null = null;

  constructor(deps: BackupsDependencies) {
    this.#deps = deps;
    this.#zNumber = deps.engine.state.period.zNumber;
  }

  start(): void {
    this.#deps.engine.onCommit(() => this.#committed());
    this.#lookForNewest();
    this.#wait();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#underWay?.stop();
  }

  view(): Pick<Snapshot, 'backupFault'> {
    return this.#fault === null ? {} : { backupFault: this.#fault };
  }

  told(): ReturnType<Backups['told']> {
    const { every_ms } = this.#deps;
    const sequence = this.#newest?.sequence ?? null;
    return { age_ms: this.#age_ms(), sequence, fault: this.#fault, every_ms };
  }

  #wait(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#deps.clock.after(LOOK_every_ms, () => {
      if (this.#underWay !== null) this.#lookAtHanging();
      else if (this.#isDue()) this.#begin();
      this.#wait();
    });
  }

  /** A stick or a share that answers no more: nothing can end that, and nobody may take it for a backup. */
  #lookAtHanging(): void {
    const { clock, directory, changed } = this.#deps;
    const since_ms = clock.steady_ms() - this.#begunAt_ms;
    if (this.#fault !== null || since_ms < HANGS_after_ms) return;
    const detail = `${directory}: begun ${Math.round(since_ms / 60_000)} minutes ago and not ended`;
    this.#fault = { code: 'E-BAK-01', detail, at_ms: Math.round(clock.wall_ms()) };
    changed();
  }

  #committed(): void {
    const { zNumber } = this.#deps.engine.state.period;
    if (zNumber === this.#zNumber) return;
    this.#zNumber = zNumber;
    this.#isZWaiting = true;
    // The Z is answered first.
    setImmediate(() => {
      if (this.#isZWaiting) this.#begin();
    });
  }

  #age_ms(): number | null {
    return this.#newest === null ? null : this.#deps.clock.wall_ms() - Date.parse(this.#newest.at);
  }

  #isDue(): boolean {
    const { clock, every_ms, engine } = this.#deps;
    if (this.#newest?.sequence === engine.head.sequence) return false;
    const sinceTry_ms = this.#triedAt_ms === null ? Infinity : clock.steady_ms() - this.#triedAt_ms;
    if (this.#fault !== null || this.#isZWaiting) return sinceTry_ms >= RETRY_after_ms;
    const age_ms = this.#age_ms();
    // A backup from the future: the clock was set back.
    if (age_ms === null || age_ms < 0 || age_ms >= 2 * every_ms) return sinceTry_ms >= every_ms;
    return age_ms >= every_ms && !isCounterTaken(engine.state);
  }

  #lookForNewest(): void {
    const { clock, stateDirectory, directory, newest, changed } = this.#deps;
    this.#begunAt_ms = clock.steady_ms();
    const underWay = newest({ state: stateDirectory, directory });
    this.#underWay = underWay;
    void underWay.found.then((found) => {
      if (this.#isStopped) return;
      this.#underWay = null;
      this.#newest = found;
      if (this.#fault !== null) {
        this.#fault = null;
        changed();
      }
      if (this.#isZWaiting) this.#begin();
    });
  }

  #begin(): void {
    if (this.#isStopped || this.#underWay !== null) return;
    const { clock, stateDirectory, directory, keep, make } = this.#deps;
    this.#triedAt_ms = this.#begunAt_ms = clock.steady_ms();
    this.#isZWaiting = false;
    const at = new Date(clock.wall_ms()).toISOString();
    const underWay = make({ state: stateDirectory, directory, keep, at });
    this.#underWay = underWay;
    void underWay.made.then((made) => {
      if (this.#isStopped) return;
      this.#underWay = null;
      if (made.ok) this.#newest = made.backup;
      const at_ms = Math.round(clock.wall_ms());
      this.#fault = made.ok ? null : { code: made.code, detail: made.detail, at_ms };
      this.#deps.changed();
      if (this.#isZWaiting) this.#begin();
    });
  }
}

export function createBackups(deps: BackupsDependencies): Backups {
  return new BackupKeeper(deps);
}

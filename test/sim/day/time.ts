// Virtual time of the simulated day: what is due happens in its order, each event in one step of the world. The wall clock of the
// till may be set; the acquirer's is always right.
import type { Clock } from '../../../core/ports/clock.ts';
import { createClock, type VirtualClock } from '../../month/clock.ts';

/** The end of one run of the core's process: nothing that it began goes on. */
export type Mortal = { isDead: boolean };

export class Time {
  readonly #clock: VirtualClock;
  readonly #step: (run: () => void) => void;
  #wallOffset_ms = 0;

  readonly #start_ms: number;

  /** `step` runs one event of the world, with everything that follows from it. */
  constructor(start_ms: number, step: (run: () => void) => void) {
    this.#start_ms = start_ms;
    this.#step = step;
    this.#clock = createClock(start_ms, () => undefined);
  }

  now_ms(): number {
    return this.#clock.now_ms();
  }

  /** As the till's machine has it. */
  wall_ms(): number {
    return this.now_ms() + this.#wallOffset_ms;
  }

  sinceStart_ms(): number {
    return this.now_ms() - this.#start_ms;
  }

  after(delay_ms: number, run: () => void): () => void {
    return this.#clock.after(delay_ms, () => this.#step(run));
  }

  /** Something that nobody could interrupt took so long. */
  slip(by_ms: number): void {
    this.#clock.slip(by_ms);
  }

  setWall(by_ms: number): void {
    this.#wallOffset_ms += by_ms;
  }

  /** True when `isEnough` said so. */
  run(for_ms: number, isEnough?: () => boolean): boolean {
    return this.#clock.runUntil(this.#clock.now_ms() + for_ms, isEnough);
  }

  /** As core/ports/clock.ts has it: the steady time of a run begins with the wall's, and never steps. */
  portFor(life: Mortal): Clock {
    const distance_ms = this.#wallOffset_ms;
    return {
      wall_ms: () => this.wall_ms(),
      steady_ms: () => this.now_ms() + distance_ms,
      after: (delay_ms, run) =>
        this.after(delay_ms, () => {
          if (!life.isDead) run();
        }),
    };
  }
}

// Many seeds over some worker processes; what is done is kept as it goes, so that a run may be stopped at any moment.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LongRun } from './long-run.ts';
import type { SeedLine, Tally } from './tally.ts';
import type { Task } from './worker.ts';

const TWICE_every = 100;
const REPORT_ms = 60_000;

export type Manner = {
  workers: number;
  /** Every seed twice, not every hundredth. */
  twice: boolean;
  say(line: string): void;
  tell(line: SeedLine, tally: Tally): void;
  /** Called once a minute and at the end. */
  keep(): void;
};

class Runner {
  readonly #run: LongRun;
  readonly #manner: Manner;
  readonly #flying = new Set<number>();
  readonly #waiting: number[];
  #isStopping = false;
  #reported_ms = performance.now();
  #counted_ms = performance.now();

  constructor(run: LongRun, manner: Manner) {
    this.#run = run;
    this.#manner = manner;
    this.#waiting = [...run.again];
  }

  readonly stop = (): void => {
    this.#isStopping = true;
    this.#manner.say(`stopped before seed ${this.#run.next}`);
  };

  #take(): number | null {
    if (this.#isStopping) return null;
    const seed = this.#waiting.shift() ?? (this.#run.next > this.#run.to ? null : this.#run.next++);
    if (seed !== null) this.#flying.add(seed);
    return seed;
  }

  #done(line: SeedLine): void {
    const { tally, from, to } = this.#run;
    this.#flying.delete(line.seed);
    tally.take(line);
    this.#manner.tell(line, tally);
    if (performance.now() - this.#reported_ms < REPORT_ms) return;
    this.#reported_ms = performance.now();
    this.#manner.say(`... ${tally.seeds} of ${to - from + 1} seeds, ${tally.broken.length} broken`);
    this.keep();
  }

  keep(): void {
    const now_ms = performance.now();
    this.#run.took_s += (now_ms - this.#counted_ms) / 1000;
    this.#counted_ms = now_ms;
    this.#run.again = [...this.#waiting, ...this.#flying];
    this.#manner.keep();
  }

  work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'worker.ts'), {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // Days are made of short-lived objects; threads of the collector would only take time from the other workers.
        execArgv: [...process.execArgv, '--max-semi-space-size=64', '--single-threaded-gc'],
      });
      let running: number | null = null;
      child.on('message', (message: SeedLine | 'ready') => {
        if (message !== 'ready') this.#done(message);
        running = this.#take();
        if (running === null) return child.disconnect();
        const isTwice = this.#manner.twice || running % TWICE_every === 0;
        child.send({ seed: running, isTwice } satisfies Task);
      });
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`the worker of seed ${running} ended with ${code}`)),
      );
    });
  }
}

/** Until all of the run's seeds are done, or SIGINT or SIGTERM: no further seed begins then. */
export async function runSeeds(run: LongRun, manner: Manner): Promise<void> {
  const runner = new Runner(run, manner);
  process.once('SIGINT', runner.stop).once('SIGTERM', runner.stop);
  try {
    await Promise.all(Array.from({ length: manner.workers }, () => runner.work()));
  } finally {
    runner.keep();
  }
}

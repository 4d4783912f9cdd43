// Forwarding of queued payments (DESIGN sections 3 and 5): so many in flight, the next ones already marked sent so that a free
// lane need not wait for a commit, and results that share one. Nothing here is needed for safety: what is marked sent and
// has no result on disk is inquired after a crash.
import type { TillEvent } from '../domain/till/events.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApplyOptions } from './apply.ts';
import type { Engine } from './engine.ts';

/** Results wait for each other at least so long, and four times as long as a commit takes: a slow disk shall not be busy with them. */
const LEAST_window_ms = 5;
const WINDOW_commits = 4;
/** DESIGN section 5: so many are marked sent before any byte of them. Fewer for few lanes: their time-outs run from the mark. */
const MOST_ahead = 32;
const MOST_ahead_of_lane = 8;

type PaymentResult = Extract<TillEvent, { kind: 'payment' }>;

export type Forwarding = {
  /** How many may be marked sent and unanswered: those in flight, and a reserve that goes when a lane is free. */
  window(): number;
  /** Starts `call` when a lane is free; the call frees it by `done`, as soon as it has its answer. */
  send(call: (done: () => void) => void): void;
  /** The result is committed soon, together with others and with what is forwarded next; `committed` is called after that. */
  settle(event: PaymentResult, options: ApplyOptions, committed: () => void): void;
  /** The till ends: commits what waits, sends nothing any more, and commits each answer that still comes at once. */
  stop(): void;
};

export type ForwardingDependencies = {
  engine: Pick<Engine, 'postTogether' | 'lastCommit_ms'>;
  clock: Clock;
  concurrency(): number;
  /** What else goes into that commit: the payments to be forwarded next; null when none wait. */
  next(): TillEvent | null;
};

class Lanes implements Forwarding {
  readonly #deps: ForwardingDependencies;
  readonly #waiting: ((done: () => void) => void)[] = [];
  #inFlight = 0;
  /** A lane found nothing to take since the last commit. */
  #isDry = false;
  #reserve = 0;
  #results: { event: PaymentResult; options: ApplyOptions; committed: () => void }[] = [];
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(deps: ForwardingDependencies) {
    this.#deps = deps;
  }

  window(): number {
    const concurrency = this.#deps.concurrency();
    return concurrency + Math.max(concurrency, this.#reserve);
  }

  send(call: (done: () => void) => void): void {
    this.#waiting.push(call);
    this.#start();
  }

  #start(): void {
    // What waits for a lane is marked sent: the next start asks about it.
    while (!this.#isStopped && this.#inFlight < this.#deps.concurrency()) {
      const call = this.#waiting.shift();
      if (call === undefined) {
        this.#isDry = true;
        return;
      }
      this.#inFlight += 1;
      let isOver = false;
      call(() => {
        if (isOver) return;
        isOver = true;
        this.#inFlight -= 1;
        this.#start();
      });
    }
  }

  settle(event: PaymentResult, options: ApplyOptions, committed: () => void): void {
    // Two events of one payment are two commits: the second may undo rows that the first has made.
    if (this.#results.some((one) => one.event.attemptId === event.attemptId)) this.#flush();
    this.#results.push({ event, options, committed });
    if (this.#isStopped) return this.#flush();
    // With nothing to take, waiting for company only keeps the lanes empty.
    if (this.#cancel !== null && !this.#isDry) return;
    const window_ms = Math.max(LEAST_window_ms, WINDOW_commits * this.#deps.engine.lastCommit_ms);
    this.#cancel?.();
    this.#cancel = this.#deps.clock.after(this.#isDry ? 0 : window_ms, () => this.#flush());
  }

  stop(): void {
    this.#isStopped = true;
    this.#flush();
  }

  /** As many ahead as are answered between two commits: more on a slow disk or a fast line, none for an empty queue's sake. */
  #adapt(hasMore: boolean): void {
    const concurrency = this.#deps.concurrency();
    const most = Math.min(MOST_ahead, MOST_ahead_of_lane * concurrency);
    this.#reserve =
      this.#isDry && hasMore
        ? Math.min(most, 2 * Math.max(concurrency, this.#reserve))
        : Math.max(concurrency, this.#reserve - 1);
    this.#isDry = false;
  }

  #flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const results = this.#results;
    this.#results = [];
    if (results.length === 0) return;
    const next = this.#isStopped ? null : this.#deps.next();
    this.#adapt(next !== null);
    const also = next === null ? [] : [{ event: next, options: {} }];
    this.#deps.engine.postTogether([...results, ...also]);
    for (const { committed } of results) committed();
  }
}

export function createForwarding(deps: ForwardingDependencies): Forwarding {
  return new Lanes(deps);
}

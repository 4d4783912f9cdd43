// The engine: one bounded inbox, one apply, one writer. Ports and people post events; after each commit the screen and the
// outbox hear of it.
import { assert, Defect } from '../domain/assert.ts';
import { isoFromMs } from '../domain/time.ts';
import type { RouteSettings, Surroundings, TillEvent } from '../domain/till/events.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { Commit, JournalHead, Store } from '../ports/journal.ts';
import { type Applicable, type Applied, type ApplyOptions, applyEvents } from './apply.ts';
import type { Recorder } from './recording.ts';
import { CLOCK_STEP_ms, ClockWatch } from './clock-watch.ts';
import { CommitLog, type CommitTimes } from './commit-times.ts';
import { createTimers, type Timers } from './timers.ts';
import { emptyUi, type Notice, type Ui } from './ui.ts';

export type EngineSettings = {
  terminalCode: string;
  routes: Readonly<Record<string, RouteSettings>>;
  cash: Surroundings['cash'];
};

export type EngineDependencies = {
  store: Store;
  vault: CodeVault;
  clock: Clock;
  random: Random;
  settings: EngineSettings;
  /** Without one nothing is recorded. */
  recorder?: Recorder | undefined;
  /** A defect or a failed disk: the process must end and recover from disk. */
  fatal(error: unknown): void;
};

export type Engine = {
  readonly state: TillState;
  readonly ui: Ui;
  readonly head: JournalHead;
  /** Queues an event; it is applied before this returns unless another one is being applied now. */
  post(event: TillEvent, options?: ApplyOptions): void;
  /** As `post`, all of them in one commit: see applyEvents for which may be. */
  postTogether(events: readonly Applicable[]): void;
  /** How long the last commit took. */
  readonly lastCommit_ms: number;
  readonly commitTimes: CommitTimes;
  /** Applies an event of a person at once and says why not, if not. */
  ask(event: TillEvent, options?: ApplyOptions): ErrorText | null;
  /** What an event applied now would see besides the state. */
  surroundings(): Surroundings;
  showNotice(code: string, tone: Notice['tone'], detail: string): void;
  updateUi(change: Partial<Ui>): void;
  /** How far the wall clock was set since the start: so wrong is every date of this run. 0: not, or less than two minutes. */
  readonly clockSetBy_ms: number;
  /** Journals a step of the wall clock now, and not at the next look. */
  lookAtClock(): void;
  /** Of each step that was noticed, after it was journaled. */
  onClockStep(listener: (by_ms: number) => void): void;
  onCommit(listener: () => void): void;
  onChange(listener: () => void): void;
  start(): void;
  stop(): void;
};

const INBOX_LIMIT_events = 10_000;
const CLOCK_LOOK_ms = 30 * 1000;

type Entry = { events: readonly Applicable[]; done: (refusal: ErrorText | null) => void };

class TillEngine implements Engine {
  readonly #deps: EngineDependencies;
  readonly #parts: Pick<EngineDependencies, 'store' | 'vault'>;
  readonly #timers: Timers;
  readonly #clockWatch: ClockWatch;
  readonly #startedAt_ms: number;
  readonly #commitLog = new CommitLog();
  readonly #inbox: Entry[] = [];
  readonly #commitListeners: (() => void)[] = [];
  readonly #changeListeners: (() => void)[] = [];
  readonly #stepListeners: ((by_ms: number) => void)[] = [];
  #state: TillState;
  #head: JournalHead;
  #ui: Ui = emptyUi;
  /** ISO 8601 in UTC compares as text. */
  #newestAt: string | null;
  #noticeId = 0;
  #isDraining = false;

  constructor(deps: EngineDependencies) {
    this.#deps = deps;
    this.#parts = {
      store: { ...deps.store, commit: (commit) => this.#timedCommit(commit) },
      vault: deps.vault,
    };
    this.#state = deps.store.load();
    this.#head = deps.store.head();
    this.#newestAt = deps.store.newestAt();
    this.#clockWatch = new ClockWatch(deps.clock);
    this.#startedAt_ms = Math.round(deps.clock.steady_ms());
    this.#timers = createTimers(deps.clock, {
      attempt: (attemptId) => this.post({ kind: 'payment', attemptId, event: { kind: 'timer' } }),
      giveBack: (giveBackId) => this.post({ kind: 'giveBack', giveBackId, event: { kind: 'timer' } }),
    });
  }

  get state(): TillState {
    return this.#state;
  }

  get ui(): Ui {
    return this.#ui;
  }

  get head(): JournalHead {
    return this.#head;
  }

  get lastCommit_ms(): number {
    return this.#commitLog.last_ms;
  }

  get clockSetBy_ms(): number {
    return this.#clockWatch.setBy_ms();
  }

  get commitTimes(): CommitTimes {
    return this.#commitLog;
  }

  post(event: TillEvent, options: ApplyOptions = {}): void {
    this.postTogether([{ event, options }]);
  }

  postTogether(events: readonly Applicable[]): void {
    this.#enqueue({ events, done: () => undefined });
  }

  ask(event: TillEvent, options: ApplyOptions = {}): ErrorText | null {
    let answer: { refusal: ErrorText | null } | undefined;
    this.#enqueue({
      events: [{ event, options }],
      done: (refusal) => {
        answer = { refusal };
      },
    });
    if (answer === undefined) throw new Defect('a person may not be asked from inside an apply');
    return answer.refusal;
  }

  showNotice(code: string, tone: Notice['tone'], detail: string): void {
    this.#noticeId += 1;
    const at_ms = Math.round(this.#deps.clock.steady_ms());
    this.updateUi({ notice: { id: this.#noticeId, code, tone, detail, at_ms } });
  }

  updateUi(change: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...change };
    this.#announce(this.#changeListeners);
  }

  onCommit(listener: () => void): void {
    this.#commitListeners.push(listener);
  }

  onClockStep(listener: (by_ms: number) => void): void {
    this.#stepListeners.push(listener);
  }

  onChange(listener: () => void): void {
    this.#changeListeners.push(listener);
  }

  start(): void {
    this.#timers.follow(this.#state, {
      attemptIds: Object.keys(this.#state.attempts),
      giveBackIds: Object.keys(this.#state.giveBacks),
    });
    this.#watchClock();
  }

  stop(): void {
    this.#timers.stop();
  }

  /** What the disk takes, without the thinking before it. */
  #timedCommit(commit: Commit): JournalHead {
    const { store, clock } = this.#deps;
    const started_ms = clock.steady_ms();
    const head = store.commit(commit);
    this.#commitLog.add(clock.steady_ms() - started_ms);
    return head;
  }

  #enqueue(entry: Entry): void {
    assert(this.#inbox.length < INBOX_LIMIT_events, 'the inbox is full');
    this.#inbox.push(entry);
    if (!this.#isDraining) this.#drain();
  }

  #drain(): void {
    this.#isDraining = true;
    try {
      for (let entry = this.#inbox.shift(); entry; entry = this.#inbox.shift()) this.#apply(entry);
    } catch (error) {
      this.#timers.stop();
      this.#deps.fatal(error);
      throw error;
    } finally {
      this.#isDraining = false;
    }
  }

  #apply(entry: Entry): void {
    const surroundings = this.surroundings();
    const applied = this.#recorded(entry.events, surroundings);
    this.#state = applied.state;
    if (applied.head !== null) {
      if (this.#newestAt === null || surroundings.now_iso > this.#newestAt)
        this.#newestAt = surroundings.now_iso;
      this.#head = applied.head;
      this.#timers.follow(this.#state, applied.changed);
      this.#announce(this.#commitListeners);
    }
    entry.done(applied.refusal);
    if (applied.head !== null) this.#announce(this.#changeListeners);
  }

  /** Applied and then recorded, also what ended the program. */
  #recorded(events: readonly Applicable[], surroundings: Surroundings): Applied {
    const input = { events, surroundings, before: { state: this.#state, head: this.#head } };
    try {
      const applied = applyEvents(this.#parts, this.#state, events, surroundings);
      this.#deps.recorder?.took({ ...input, outcome: applied });
      return applied;
    } catch (error) {
      this.#deps.recorder?.took({ ...input, outcome: { failed: error } });
      throw error;
    }
  }

  surroundings(): Surroundings {
    const { clock, random, settings } = this.#deps;
    return {
      now_ms: Math.round(clock.steady_ms()),
      startedAt_ms: this.#startedAt_ms,
      now_iso: isoFromMs(clock.wall_ms()),
      entropy: random.hex(8),
      terminalCode: settings.terminalCode,
      routes: settings.routes,
      clockTrusted: this.#isClockTrusted(),
      cash: settings.cash,
      head: this.#head.hash,
    };
  }

  /** Wall time behind the journal's newest record: the clock can't be trusted, and `queue` is refused (DESIGN section 4). */
  #isClockTrusted(): boolean {
    return this.#newestAt === null || isoFromMs(this.#deps.clock.wall_ms() + CLOCK_STEP_ms) >= this.#newestAt;
  }

  lookAtClock(): void {
    const by_ms = this.#clockWatch.step_ms();
    if (by_ms === null) return;
    this.post({ kind: 'clockStepped', by_ms });
    for (const listener of this.#stepListeners) listener(by_ms);
  }

  #watchClock(): void {
    this.lookAtClock();
    this.#deps.clock.after(CLOCK_LOOK_ms, () => this.#watchClock());
  }

  #announce(listeners: readonly (() => void)[]): void {
    for (const listener of listeners) listener();
  }
}

export function createEngine(deps: EngineDependencies): Engine {
  return new TillEngine(deps);
}

// The engine: one bounded inbox, one apply, one writer. Ports and people post events; after each commit the screen and the
// outbox hear of it.
import { assert, Defect } from '../domain/assert.ts';
import { isoFromMs } from '../domain/time.ts';
import type { RouteSettings, Surroundings, TillEvent } from '../domain/till/events.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { JournalHead, Store } from '../ports/journal.ts';
import { type Applied, type ApplyOptions, applyEvent } from './apply.ts';
import { createTimers, type Timers } from './timers.ts';
import { emptyUi, type Notice, type Ui } from './ui.ts';

export type EngineSettings = {
  terminalCode: string;
  routes: Readonly<Record<string, RouteSettings>>;
};

export type EngineDependencies = {
  store: Store;
  vault: CodeVault;
  clock: Clock;
  random: Random;
  settings: EngineSettings;
  /** A defect or a failed disk: the process must end and recover from disk. */
  fatal(error: unknown): void;
};

export type Engine = {
  readonly state: TillState;
  readonly ui: Ui;
  readonly head: JournalHead;
  /** Queues an event; it is applied before this returns unless another one is being applied now. */
  post(event: TillEvent, options?: ApplyOptions): void;
  /** Applies an event of a person at once and says why not, if not. */
  ask(event: TillEvent, options?: ApplyOptions): ErrorText | null;
  showNotice(code: string, tone: Notice['tone'], detail: string): void;
  updateUi(change: Partial<Ui>): void;
  onCommit(listener: () => void): void;
  onChange(listener: () => void): void;
  start(): void;
  stop(): void;
};

const INBOX_LIMIT_events = 10_000;
const CLOCK_STEP_ms = 2 * 60 * 1000;

type Entry = { event: TillEvent; options: ApplyOptions; done: (refusal: ErrorText | null) => void };

function createClockWatch(clock: Clock) {
  let last_ms = clock.steady_ms() - clock.wall_ms();
  return {
    /** The step since the last look when it is over two minutes, else null. */
    step_ms: (): number | null => {
      const now_ms = clock.steady_ms() - clock.wall_ms();
      const by_ms = last_ms - now_ms;
      if (Math.abs(by_ms) < CLOCK_STEP_ms) return null;
      last_ms = now_ms;
      return by_ms;
    },
  };
}

function createLists() {
  const listeners: (() => void)[] = [];
  return {
    add: (listener: () => void) => listeners.push(listener),
    call: () => listeners.forEach((one) => one()),
  };
}

export function createEngine(deps: EngineDependencies): Engine {
  const { store, clock } = deps;
  let state = store.load();
  let head = store.head();
  let ui = emptyUi;
  /** ISO 8601 in UTC compares as text. */
  let newestAt = store.newestAt();
  let noticeId = 0;
  let isDraining = false;
  const inbox: Entry[] = [];
  const committed = createLists();
  const changed = createLists();
  const clockWatch = createClockWatch(clock);
  const timers: Timers = createTimers(clock, (attemptId) => {
    post({ kind: 'payment', attemptId, event: { kind: 'timer' } });
  });

  function surroundings(): Surroundings {
    return {
      now_ms: Math.round(clock.steady_ms()),
      now_iso: isoFromMs(clock.wall_ms()),
      entropy: deps.random.hex(8),
      terminalCode: deps.settings.terminalCode,
      routes: deps.settings.routes,
      clockTrusted: isClockTrusted(),
    };
  }

  /** Wall time behind the journal's newest record: the clock can't be trusted, and `queue` is refused (DESIGN section 4). */
  function isClockTrusted(): boolean {
    return newestAt === null || isoFromMs(clock.wall_ms() + CLOCK_STEP_ms) >= newestAt;
  }

  function applyOne(entry: Entry): void {
    const around = surroundings();
    const applied: Applied = applyEvent(deps, state, entry.event, around, entry.options);
    state = applied.state;
    if (applied.head !== null) {
      if (newestAt === null || around.now_iso > newestAt) newestAt = around.now_iso;
      head = applied.head;
      timers.follow(state, applied.changed);
      committed.call();
    }
    entry.done(applied.refusal);
    changed.call();
  }

  function drain(): void {
    if (isDraining) return;
    isDraining = true;
    try {
      for (let entry = inbox.shift(); entry; entry = inbox.shift()) applyOne(entry);
    } catch (error) {
      timers.stop();
      deps.fatal(error);
      throw error;
    } finally {
      isDraining = false;
    }
  }

  function post(event: TillEvent, options: ApplyOptions = {}, done: Entry['done'] = () => undefined): void {
    assert(inbox.length < INBOX_LIMIT_events, 'the inbox is full');
    inbox.push({ event, options, done });
    drain();
  }

  function watchClock(): void {
    const by_ms = clockWatch.step_ms();
    if (by_ms !== null) post({ kind: 'clockStepped', by_ms: Math.round(by_ms) });
    clock.after(CLOCK_STEP_ms / 4, watchClock);
  }

  return {
    get state() {
      return state;
    },
    get ui() {
      return ui;
    },
    get head() {
      return head;
    },
    post: (event, options) => post(event, options),
    ask: (event, options) => {
      let refusal: ErrorText | null | undefined;
      post(event, options, (result) => {
        refusal = result;
      });
      if (refusal === undefined) throw new Defect('a person may not be asked from inside an apply');
      return refusal;
    },
    showNotice: (code, tone, detail) => {
      noticeId += 1;
      ui = { ...ui, notice: { id: noticeId, code, tone, detail, at_ms: Math.round(clock.wall_ms()) } };
      changed.call();
    },
    updateUi: (change) => {
      ui = { ...ui, ...change };
      changed.call();
    },
    onCommit: committed.add,
    onChange: changed.add,
    start: () => {
      timers.follow(state, Object.keys(state.attempts));
      watchClock();
    },
    stop: timers.stop,
  };
}

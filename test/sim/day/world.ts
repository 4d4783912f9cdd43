// One seed's world: the real till on a failing disk, people, devices, a line and an acquirer, driven event by event. A process that
// dies is started again; a promise that breaks ends the run.
import { createSecretKey } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TillEvent } from '../../../core/domain/till/events.ts';
import type { Goods } from '../../../core/domain/sale/sale.ts';
import type { TillState } from '../../../core/domain/till/state.ts';
import { DatabaseRefused } from '../../../db/errors.ts';
import { openStore } from '../../../db/store.ts';
import { makeCatalogue } from '../../month/catalogue.ts';
import { type Chance, chanceFor } from '../../month/random.ts';
import { onBadDisk } from './disk.ts';
import { Death, Violation } from './failure.ts';
import { Disaster } from './disaster.ts';
import { calmMood, Host } from './host/host.ts';
import { Line } from './line.ts';
import { type Plan, planFor } from './plan.ts';
import type { LostTime } from './lost-time.ts';
import { PrinterModel } from './printer.ts';
import { restoreCounts } from './restore-counts.ts';
import { ScannerModel } from './scanner.ts';
import { type CodeOnScreen, ScreenWatch } from './screen.ts';
import { storyOf } from './story.ts';
import { type Life, limitFacts, openLife, settle, terminal } from './till.ts';
import { Time } from './time.ts';
import { createTrace, type Trace } from './trace.ts';
import { Watch } from './watch.ts';

export type WorldOptions = {
  seed: number;
  /** Where the till's files go; its own. */
  directory: string;
  say: ((line: string) => void) | null;
};

/** A till that dies more often in a day tells nothing new, and costs a restart each time. */
const DEATHS_limit = 40;
const HOUR_ms = 3_600_000;
/** What is less is no step to the product, but a clock that is a little wrong. */
const SEEN_step_ms = 2 * 60_000;
const key = { appId: 'simulation', appKey: Buffer.from('0123456789abcdef0123456789abcdef') };
/** Made ready once: a key of bytes is prepared anew for each signature. */
const tillKey = { appId: key.appId, appKey: createSecretKey(key.appKey) };

export class World {
  readonly plan: Plan;
  readonly time: Time;
  readonly trace: Trace;
  readonly host: Host;
  readonly line: Line;
  readonly printer: PrinterModel;
  readonly scanner: ScannerModel;
  watch: Watch;
  readonly goods: readonly Goods[];
  readonly counts = new Map<string, number>();
  /** Full payment codes shown in this run. */
  readonly codes: string[] = [];
  readonly #options: WorldOptions;
  #screen: ScreenWatch;
  readonly #disaster: Disaster;
  #life: Life | null = null;
  isCalm = false;
  #wasClockSet = false;
  /** Hears of each event, after it. */
  onStep: () => void = () => undefined;
  /** The manager looks at refunds that failed. */
  onRefundsDue: () => void = () => undefined;
  /** Found where nothing may be thrown. */
  #broken: Violation | null = null;
  #deaths = 0;
  /** Why the process ends with this step. */
  #deathAhead: string | null = null;

  constructor(options: WorldOptions) {
    this.#options = options;
    const { seed } = options;
    this.plan = planFor(seed);
    this.time = new Time(this.plan.start_ms, (run) => this.step(run));
    this.#screen = new ScreenWatch(this.plan);
    this.trace = createTrace(() => this.time.sinceStart_ms(), options.say);
    this.goods = makeCatalogue(chanceFor(seed, 'goods'));
    const { time, plan, saw } = this;
    const after = (delay_ms: number, run: () => void) => void time.after(delay_ms, run);
    const now_ms = () => time.now_ms();
    this.host = new Host({
      now_ms,
      after,
      chance: this.chance('host'),
      key,
      ...terminal,
      mood: plan.mood,
      tombstones: plan.profile.facts.tombstones,
      reversalWindow_ms: plan.profile.facts.reversalWindow_ms,
      forgetsRefusals: plan.profile.facts.forgetsRefusals,
      endsCodes: plan.profile.endsCodes,
      answersLater: plan.profile.answersLater,
      saw: (kind) => saw(`host.${kind}`),
    });
    const told = (actor: string) => (text: string) => this.trace.line(actor, text);
    this.line = new Line(
      {
        chance: this.chance('line'),
        fronts: this.chance('fronts'),
        host: this.host,
        now_ms: () => time.sinceStart_ms(),
        after,
        outages: plan.outages,
        saw,
        story: told('line'),
        leaving: (request) => this.#leaving(request),
      },
      plan.line,
    );
    this.printer = new PrinterModel({
      time,
      chance: this.chance('printer'),
      weights: plan.printer,
      saw,
      story: told('printer'),
      drawn: (document) => this.#look(() => this.watch.drawn(document)),
    });
    this.scanner = new ScannerModel({
      time,
      chance: this.chance('scanner'),
      weights: plan.scanner,
      saw,
      story: told('scanner'),
      post: (event) => this.#life?.isDead === false && this.#life.scanning.onEvent(event),
    });
    this.watch = new Watch({
      host: this.host,
      now_ms,
      limits: { ...limitFacts, reversesFrom_ms: plan.profile.facts.reversesFrom_ms },
      wall_ms: () => time.wall_ms(),
      isClockRight: () => !this.#wasClockSet,
      life: () => this.#life,
      saw,
      story: (text) => this.trace.line('ledger', text),
    });
    this.#makeKey();
    this.#disaster = new Disaster({
      plan: plan.restore,
      directory: options.directory,
      after,
      wall_ms: () => this.time.wall_ms(),
      sinceStart_ms: () => this.time.sinceStart_ms(),
      state: () => this.state,
      seeToRefunds: () => this.onRefundsDue(),
      cutLine: ({ for_ms, kind }) => this.line.cut(for_ms, kind),
      isUp: () => this.#life?.isDead === false,
      isCalm: () => this.isCalm,
      saw,
      story: told('world'),
    });
    for (const { at_ms, by_ms } of plan.clockSteps) after(at_ms, () => this.#setClock(by_ms));
    this.step(() => this.#open());
  }

  readonly saw = (kind: string): void => void this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);

  chance(stream: string): Chance {
    return chanceFor(this.#options.seed, stream);
  }

  /** Of the time that a restore has lost; null: none was. */
  get lost(): LostTime | null {
    return this.watch.afterRestore?.lost ?? null;
  }

  /** Null while the process is down. */
  get life(): Life | null {
    return this.#life;
  }

  get state(): TillState | null {
    return this.#life === null ? null : this.#life.engine.state;
  }

  /** One event of the world, with everything that follows from it at once. @throws Violation. */
  step(run: () => void): void {
    // Whatever was to come still comes: only the till is not there any more.
    this.#survive(() => this.#maybeDie('atEvent'));
    this.#survive(() => {
      run();
      if (this.#life !== null) settle(this.#life, () => this.#maybeDie('afterCommit'));
      if (this.#deathAhead !== null) throw new Death(this.#deathAhead);
    });
    if (this.#broken !== null) throw this.#broken;
    const isNews = this.watch.afterStep(this.state);
    if (isNews && this.#life !== null) this.#screen.look(this.#life, this.watch, this.time.now_ms());
    this.onStep();
  }

  /** A person's wish; the refusal, or null; 'down' while the process is. */
  ask(event: TillEvent): string | null {
    const life = this.#life;
    if (life === null || life.isDead) return 'down';
    this.trace.line('person', event.kind);
    const refusal = life.engine.ask(event);
    if (refusal === null) return null;
    this.trace.line('till', `refuses ${event.kind}: ${refusal}`);
    this.saw(`refusal.${refusal}`);
    return refusal;
  }

  /** A code of ours for what is due. */
  askForCode(): string | null {
    const life = this.#life;
    if (life === null || life.isDead) return 'down';
    this.trace.line('person', 'asks for a code');
    const refusal = life.askForCode('gateway');
    if (refusal !== null) this.trace.line('till', `refuses a code: ${refusal}`);
    this.saw(refusal === null ? 'person.code' : `refusal.${refusal}`);
    return refusal;
  }

  /** On the screen now. */
  get code(): CodeOnScreen | null {
    return this.#life === null ? null : this.#screen.code;
  }

  /** Nothing new goes wrong from now on. */
  calm(): void {
    this.isCalm = true;
    this.line.calm();
    this.printer.isCalm = true;
    this.scanner.isCalm = true;
    Object.assign(this.plan.mood, calmMood());
    for (const { from_ms, to_ms } of this.plan.outages)
      if (to_ms - from_ms >= HOUR_ms && to_ms <= this.time.sinceStart_ms()) this.saw('line.outageOverAnHour');
    this.trace.line('world', 'calm');
  }

  /** The process ends in good order: nothing more is performed. */
  close(): void {
    const life = this.#life;
    this.#life = null;
    if (life === null) return;
    life.isDead = true;
    // A start that was refused has none.
    life.store?.close();
  }

  /** Another core on the same directory: it must be refused while this one lives. @throws Violation. */
  tryToOpenTwice(): void {
    if (this.#life === null) return;
    this.saw('person.secondCore');
    let second;
    try {
      second = openStore(join(this.#options.directory, 'state'));
    } catch (error) {
      const { code } = error as { code?: unknown };
      this.trace.line('world', `a second core is refused: ${String(code)}`);
      if (code === 'E-DB-05') return;
      throw error;
    }
    second.close();
    throw new Violation('oneCore', 'a second core has opened the journal of a living one');
  }

  /** The secret of the code vault, so that a seed gives the same fingerprints again. */
  #makeKey(): void {
    const keys = join(this.#options.directory, 'keys');
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    const bytes = Buffer.from(this.chance('vault').hex(32), 'hex');
    writeFileSync(join(keys, 'queue.key'), bytes, { mode: 0o600 });
  }

  #open(): void {
    const { time, plan, line } = this;
    this.#restore();
    const life = { isDead: false, mustPump: true } as Life;
    this.#life = life;
    this.trace.line('till', 'starts');
    openLife(life, {
      directory: this.#options.directory,
      time,
      chance: chanceFor(this.#options.seed, `till ${this.watch.head.sequence} ${this.trace.lines}`),
      plan,
      line,
      key: tillKey,
      catalogue: {
        find: (barcode) => this.goods.find((one) => one.barcode === barcode) ?? null,
        search: () => [],
        count: () => this.goods.length,
      },
      printerFor: (mortal) => this.printer.portFor(mortal),
      onDisk: (store) =>
        onBadDisk(store, {
          chance: this.chance(`disk ${this.trace.lines}`),
          weights: plan.disk,
          isCalm: () => this.isCalm,
          isDead: () => life.isDead,
          saw: this.saw,
          story: (text) => this.trace.line('disk', text),
          written: (head, commit) => {
            this.watch.written(head, commit);
            for (const record of commit.records) this.trace.line('journal', storyOf(record));
            for (const { kind, reference } of commit.newRows)
              this.trace.line('outbox', `${kind} ${reference}`);
          },
          slow: (by_ms) => time.slip(by_ms),
        }),
      opened: (store) => this.watch.reopened(store),
    });
  }

  /** Where the disk was lost: the till that is opened next is the backup's. */
  #restore(): void {
    const restored = this.#disaster.restore();
    if (restored === null) return;
    const { sequence, records, head } = restored;
    this.watch = this.watch.restored(sequence, records, head);
    this.#screen = new ScreenWatch(this.plan);
    this.printer.till += 1;
    if (this.lost === null) return;
    for (const what of restoreCounts(this.watch.ledger, this.lost)) this.saw(`restore.${what}`);
  }

  /** In the middle of a step, which ends with it. */
  #look(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.#broken ??= error;
    }
  }

  #leaving(request: Parameters<Watch['leaving']>[0]): void {
    this.#look(() => this.watch.leaving(request));
    if (this.isCalm || !this.#dice.happens(this.plan.kill.afterSending)) return;
    this.saw('kill.afterSending');
    this.#deathAhead = 'right after the first byte of a request';
    if (this.#life !== null) this.#life.isDead = true;
  }

  #diceOrNull: Chance | null = null;
  get #dice(): Chance {
    this.#diceOrNull ??= this.chance('kill');
    return this.#diceOrNull;
  }

  /** @throws Death. */
  #maybeDie(when: 'atEvent' | 'afterCommit'): void {
    if (this.isCalm || this.#life === null || !this.#dice.happens(this.plan.kill[when])) return;
    this.saw(`kill.${when}`);
    throw new Death(when);
  }

  #survive(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#onThrow(error);
    }
  }

  #onThrow(error: unknown): void {
    const isDisk = error instanceof Database.SqliteError && error.message.includes('simulated');
    if (error instanceof Violation) throw error;
    if (error instanceof DatabaseRefused) throw new Violation('opensAgain', error.message);
    if (!(error instanceof Death) && !isDisk)
      throw new Violation(
        'noDefect',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    const life = this.#life;
    this.#deaths += 1;
    if (this.#deaths >= DEATHS_limit) this.#spare();
    this.#deathAhead = null;
    this.#life = null;
    this.trace.line('till', `dies: ${error.message}`);
    if (life === null) return;
    life.isDead = true;
    life.store?.close();
    this.time.after(this.#dice.whole(300, 4000), () => this.#open());
  }

  #spare(): void {
    Object.assign(this.plan.kill, { atEvent: 0, afterCommit: 0, afterSending: 0 });
    Object.assign(this.plan.disk, {
      crashBefore: 0,
      crashAfter: 0,
      throwCommitted: 0,
      throwLost: 0,
      full: 0,
    });
  }

  #setClock(by_ms: number): void {
    if (this.isCalm) return;
    this.#wasClockSet = true;
    this.saw(Math.abs(by_ms) < SEEN_step_ms ? 'clock.drift' : 'clock.step');
    this.trace.line('world', `the wall clock is set by ${by_ms} ms`);
    this.time.setWall(by_ms);
  }
}

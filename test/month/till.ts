// The real core in virtual time: engine, dispatcher, printing, drawer, route watch, both computations, on the real store. It can
// be dropped at any moment and opened again from the disk, as core/core.ts does it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, configurationSchema, withRoutes } from '../../contract/configuration.ts';
import type { Report } from '../../contract/report.ts';
import { gatewayPolicy } from '../../core/domain/payment/policy.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import type { Dispatcher } from '../../core/engine/dispatcher.ts';
import { codeUse } from '../../core/engine/code-use.ts';
import { createEngine, type Engine, type EngineSettings } from '../../core/engine/engine.ts';
import { type Recorder, recordingStore } from '../../core/engine/recording.ts';
import type { RouteWatch } from '../../core/engine/routes.ts';
import type { CodeVault } from '../../core/ports/code-vault.ts';
import type { CodeUse, Store } from '../../core/ports/journal.ts';
import { type Closing, createClosing, type SecondComputation } from '../../core/rpc/closing.ts';
import { createSecondComputation } from '../../core/second-computation.ts';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { wireVirtualOutbox } from '../core/virtual-wiring.ts';
import { acquirerFor } from './acquirer.ts';
import type { VirtualClock } from './clock.ts';
import { MonthFailure } from './failure.ts';
import type { FaultCounts } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { PrinterModel } from './printer.ts';
import type { Chance } from './random.ts';
import type { Wire } from './wire.ts';

export type Mode = EngineSettings['routes'][string]['offline']['mode'];

export type TillDependencies = {
  directory: string;
  clock: VirtualClock;
  chance: Chance;
  faults: FaultCounts;
  ledger: Ledger;
  wire: Wire;
  printer: PrinterModel;
  /** Planted: the second computation says one fen more. */
  isSecondOff: boolean;
  /** A new one for each run of the core (test/replay). */
  recorder?: (() => Recorder) | undefined;
  afterCommit(): void;
};

const HOUR_ms = 3_600_000;
const PROBE_ms = 10_000;
/** Short enough that an outage of a working day outlives it. */
const QUEUE_AGE_ms = 8 * HOUR_ms;

function settingsFor(mode: Mode): EngineSettings {
  const policy = { ...gatewayPolicy, queueMaxAge_ms: QUEUE_AGE_ms };
  const offline = { mode, perPayment_fen: 20_000, openTotal_fen: 250_000, count: 40 };
  return {
    terminalCode: '20260002',
    routes: { gateway: { policy, offline } },
    cash: { roundDownTo_fen: 10, roundDownAlways: false },
  };
}

function readConfiguration(): Configuration {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'configuration.example.json');
  return withRoutes(configurationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
}

/** One run of the core's process. */
type Life = {
  isDead: boolean;
  engine: Engine;
  store: Store;
  vault: CodeVault;
  dispatcher: Dispatcher;
  routeWatch: RouteWatch;
  closing: Closing;
  /** A commit was made whose outbox rows nobody has looked at yet. */
  mustPump: boolean;
};

export class Till {
  readonly #deps: TillDependencies;
  readonly #configuration = readConfiguration();
  #life: Life;
  #mode: Mode = 'queue';
  /** While true, what is committed is not performed: the moment between the commit and the sending. */
  isHeldBack = false;

  constructor(deps: TillDependencies) {
    this.#deps = deps;
    this.#life = this.#open();
  }

  get state(): TillState {
    return this.#life.engine.state;
  }

  get store(): Store {
    return this.#life.store;
  }

  codeUse(code: string): CodeUse {
    return codeUse(this.#life, { routeId: 'gateway', codeHmac: this.#life.vault.fingerprint(code) });
  }

  get vault(): CodeVault {
    return this.#life.vault;
  }

  get closing(): Closing {
    return this.#life.closing;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Performs what was committed, until nothing new is. */
  settle(): void {
    const life = this.#life;
    while (life.mustPump && !this.isHeldBack && !life.isDead) {
      life.mustPump = false;
      life.dispatcher.pump();
      life.routeWatch.forward();
    }
  }

  /** What a person asks for; the refusal, or null. */
  ask(event: TillEvent, code?: string): string | null {
    const refusal = this.#life.engine.ask(event, code === undefined ? {} : { code });
    this.settle();
    return refusal;
  }

  /** What a person may do now, by the rules of the shop. */
  mustAsk(event: TillEvent): void {
    const refusal = this.ask(event);
    if (refusal === null) return;
    const { currentSaleId, sales } = this.state;
    const counter = `${currentSaleId ?? 'no sale'} ${sales[currentSaleId ?? '']?.state ?? ''}`;
    throw new MonthFailure(`${event.kind} was refused: ${refusal} (on the counter: ${counter})`);
  }

  /** The process ends without a word, and starts again. */
  restart(mode: Mode = this.#mode): void {
    this.#deps.faults.saw('restart');
    this.close();
    this.isHeldBack = false;
    this.#mode = mode;
    this.#life = this.#open();
  }

  close(): void {
    const life = this.#life;
    life.isDead = true;
    life.engine.stop();
    life.routeWatch.stop();
    life.store.close();
  }

  #open(): Life {
    const { directory, clock: virtual, chance, ledger, wire, printer: model, faults } = this.#deps;
    const life = { isDead: false, mustPump: true } as Life;
    const clock = virtual.portFor(life);
    const opened = openStore(join(directory, 'state'));
    const recorder = this.#deps.recorder?.();
    const store = recorder === undefined ? opened : recordingStore(opened, recorder);
    const vault = openCodeVault(join(directory, 'keys'));
    const settings = settingsFor(this.#mode);
    const fatal = (error: unknown) => {
      throw error;
    };
    const random = { hex: chance.hex };
    const engine = createEngine({ store, vault, clock, random, settings, recorder, fatal });
    const sentPrints = this.#recover(engine, store);
    const acquirer = acquirerFor({ ledger, wire, clock: virtual, faults }, life);
    const printer = model.portFor(life);
    const parts = { engine, store, vault, clock, settings, acquirer, printer };
    const { dispatcher, routeWatch, onPrinter } = wireVirtualOutbox(
      parts,
      { configuration: this.#configuration, concurrency: 2, probeEvery_ms: PROBE_ms },
      sentPrints,
    );
    const now_ms = () => Math.round(clock.steady_ms());
    const closing = createClosing({ engine, second: this.#second(store), now_ms });
    engine.onCommit(() => {
      life.mustPump = true;
      this.#deps.afterCommit();
    });
    Object.assign(life, { engine, store, vault, dispatcher, routeWatch, closing });
    engine.start();
    printer.start(onPrinter);
    routeWatch.start();
    return life;
  }

  #second(store: Store): SecondComputation {
    // Reads all at the close: no kiosk waits for a heartbeat here.
    const progress = () => ({ unread: 0, percent: 100 });
    const second = { ...createSecondComputation(store), progress };
    if (!this.#deps.isSecondOff) return second;
    return {
      ...second,
      report: (facts) => {
        const report = second.report(facts) as Report;
        return { ...report, net_fen: report.net_fen + 1 };
      },
    };
  }

  /** As `recover` in core/core.ts. */
  #recover(engine: Engine, store: Store): ReadonlySet<number> {
    const rows = store.openRows();
    if (engine.state.epoch === 0) engine.post({ kind: 'installed', epoch: 1 });
    const sent = rows.filter((row) => row.state === 'sent');
    const namesOf = (...kinds: string[]) =>
      sent.filter((row) => kinds.includes(row.kind)).map((row) => row.reference);
    engine.post({
      kind: 'coreStarted',
      version: '0.1.0',
      runtime: 'month',
      sentIds: namesOf('authorize', 'giveBack'),
      sentDrawerIds: namesOf('openDrawer'),
    });
    return new Set(sent.filter((row) => row.kind === 'print').map((row) => row.rowId));
  }
}

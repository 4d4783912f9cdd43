// The real core in virtual time: engine, dispatcher, forwarding, scanning, printing, drawer, route watch, both computations and the
// adapter's codec, on the real store and its file. It can die at any instant and be opened again from the disk, as core/core.ts does it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayCodeRules } from '../../../acquirers/gateway/profile.ts';
import type { SigningKey } from '../../../acquirers/gateway/signature.ts';
import { createGateway } from '../../../acquirers/gateway/adapter.ts';
import { type Configuration, configurationSchema, withRoutes } from '../../../contract/configuration.ts';
import type { Dispatcher } from '../../../core/engine/dispatcher.ts';
import { createEngine, type Engine, type EngineSettings } from '../../../core/engine/engine.ts';
import { type AskForCode, createMainScan } from '../../../core/engine/main-scan.ts';
import type { RouteWatch } from '../../../core/engine/routes.ts';
import { createScanning, type Scanning } from '../../../core/engine/scanning.ts';
import { recover } from '../../../core/recover.ts';
import type { Acquirer, PresentedOrders } from '../../../core/ports/acquirer.ts';
import type { Catalogue } from '../../../core/ports/catalogue.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { CodeVault } from '../../../core/ports/code-vault.ts';
import type { Store } from '../../../core/ports/journal.ts';
import type { Printer } from '../../../core/ports/printer.ts';
import { type Closing, createClosing } from '../../../core/rpc/closing.ts';
import { createSecondComputation } from '../../../core/second-computation.ts';
import { openCodeVault } from '../../../db/code-vault.ts';
import { openStore } from '../../../db/store.ts';
import { BASE_URL, wireVirtualOutbox } from '../../core/virtual-wiring.ts';
import type { Chance } from '../../month/random.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';
import type { Mortal, Time } from './time.ts';

const minute_ms = 60_000;
const PROBE_ms = minute_ms;
/** Often enough that a held code meets the line going up twice in its life. */
const HOLD_PROBE_ms = 15_000;
/** Short enough that an outage of the day outlives it. */
const QUEUE_AGE_ms = 150 * minute_ms;
/** So little that a day's queue reaches it. */
const OPEN_total_fen = 30_000;
/** So little that some baskets are above it. */
const OPEN_payment_fen = 9000;
const OPEN_count = 12;
const ROUND_to_fen = 10;

/** The bounds that it is told to keep. */
export const limitFacts = {
  queueAge_ms: QUEUE_AGE_ms,
  openTotal_fen: OPEN_total_fen,
  perPayment_fen: OPEN_payment_fen,
  mostOpen_count: OPEN_count,
  roundDownTo_fen: ROUND_to_fen,
};

export const terminal = { merchantCode: '898440000000001', terminalCode: '20260002' };

export function settingsFor({ offlineMode: mode, profile, mainScan }: Plan): EngineSettings {
  const presenting = { ...profile.policy.presenting, codeFor_ms: mainScan.codeFor_ms };
  const policy = { ...profile.policy, queueMaxAge_ms: QUEUE_AGE_ms, presenting };
  const offline = {
    mode,
    perPayment_fen: OPEN_payment_fen,
    openTotal_fen: OPEN_total_fen,
    count: OPEN_count,
  };
  return {
    terminalCode: terminal.terminalCode,
    routes: { gateway: { policy, offline } },
    cash: { roundDownTo_fen: ROUND_to_fen, roundDownAlways: false },
  };
}

/** The gateway's codes are for any app; null: the route shows none. */
export function presentsOf({ mainScan }: Plan): 'AGGREGATE' | null {
  return mainScan.weight > 0 ? 'AGGREGATE' : null;
}

export const configuration: Configuration = withRoutes(
  configurationSchema.parse(
    JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'configuration.example.json'), 'utf8'),
    ),
  ),
);

export type TillDependencies = {
  directory: string;
  time: Time;
  chance: Chance;
  plan: Plan;
  line: Line;
  key: SigningKey;
  catalogue: Catalogue;
  printerFor(life: Mortal): Printer;
  /** Between the engine and the disk. */
  onDisk(store: Store): Store;
  /** A store was opened anew, its state not touched yet. */
  opened(store: Store): void;
};

/** One run of the core's process. */
export type Life = Mortal & {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  dispatcher: Dispatcher;
  routeWatch: RouteWatch;
  closing: Closing;
  scanning: Scanning;
  askForCode: AskForCode;
  /** A commit was made whose outbox rows nobody has looked at yet. */
  mustPump: boolean;
};

function acquirerFor(
  { key, chance, line }: TillDependencies,
  clock: Clock,
  life: Life,
): Acquirer & PresentedOrders {
  const facts = { ...configuration.terminal, ...terminal };
  return createGateway(
    {
      id: 'gateway',
      terminal: facts,
      rules: gatewayCodeRules,
      probeTimeout_ms: 3000,
      call: {
        baseUrl: BASE_URL,
        ca: null,
        key,
        connectTimeout_ms: 3000,
        nonce: () => chance.hex(16),
        wall_ms: clock.wall_ms,
      },
    },
    line.sendFor(life),
  );
}

/** Fills `life` step by step, so that a death on the way leaves what must be closed. @throws Death, SqliteError. */
export function openLife(life: Life, deps: TillDependencies): void {
  const { directory, time, chance, plan } = deps;
  const clock = time.portFor(life);
  const opened = openStore(join(directory, 'state'));
  life.store = opened;
  deps.opened(opened);
  const store = deps.onDisk(opened);
  const vault = openCodeVault(join(directory, 'keys'));
  const settings = settingsFor(plan);
  const fatal = () => {
    life.isDead = true;
  };
  const engine = createEngine({ store, vault, clock, random: { hex: chance.hex }, settings, fatal });
  life.engine = engine;
  engine.onCommit(() => {
    life.mustPump = true;
  });
  const sentPrints = recover(engine, store, '0.1.0');
  const acquirer = acquirerFor(deps, clock, life);
  const printer = deps.printerFor(life);
  const parts = { engine, store, vault, clock, settings, acquirer, printer };
  const { concurrency, offlineMode } = plan;
  const probeEvery_ms = offlineMode === 'hold' ? HOLD_PROBE_ms : PROBE_ms;
  const { dispatcher, routeWatch, onPrinter } = wireVirtualOutbox(
    parts,
    { configuration, concurrency, probeEvery_ms },
    sentPrints,
  );

  const now_ms = () => Math.round(clock.steady_ms());
  // Virtual time has nobody who waits while the journal is read: core/second-computation.test.ts looks at that.
  const second = { ...createSecondComputation(store), progress: () => ({ unread: 0, percent: 100 }) };
  const closing = createClosing({ engine, second, now_ms });
  const scanning = createScanning({
    engine,
    store,
    vault,
    catalogue: deps.catalogue,
    acquirers: [acquirer],
    detectors: [],
    findReceipt: () => 'E-RET-01',
    findPayment: () => 'E-PAY-17',
    takenByTest: () => false,
    touched: () => undefined,
  });
  const shown = Object.entries(settings.routes).map(([id, { policy }]) => {
    return [id, { presents: presentsOf(plan), policy }] as const;
  });
  const askForCode = createMainScan(engine, clock, Object.fromEntries(shown));
  Object.assign(life, { vault, dispatcher, routeWatch, closing, scanning, askForCode });
  engine.start();
  printer.start(onPrinter);
  dispatcher.pump();
  routeWatch.start();
}

/** Performs what was committed, until nothing new is. @throws Death, SqliteError. */
export function settle(life: Life, beforeSending: () => void): void {
  while (life.mustPump && !life.isDead) {
    life.mustPump = false;
    beforeSending();
    life.dispatcher.pump();
    life.routeWatch.forward();
  }
}

// The composition root: the only file that knows db/, drivers/ and acquirers/ at once. Opens, wires, recovers, serves.
import { join } from 'node:path';
import type { Configuration } from '../contract/configuration.ts';
import { openCatalogue } from '../db/catalogue.ts';
import { makeBackupAside, newestAside } from '../db/backup-aside.ts';
import { openCodeVault } from '../db/code-vault.ts';
import { INPUTS_FOLDER, openInputFiles } from '../db/input-files.ts';
import type { Lock } from '../db/lock.ts';
import { claimStateDirectory, openStore } from '../db/store.ts';
import { verifyStateDirectory } from '../db/verify.ts';
import { createNetworkProbe } from '../drivers/network/probe.ts';
import { createPrinter, createScanner } from '../drivers/registry.ts';
import { type Backups, createBackups } from './backups.ts';
import { ConfigurationRefused } from './configuration.ts';
import { assertNoDamageBehindDefect, explained, markDefect, outliveDefect } from './damage.ts';
import { type ClockLeave, createClockLeave, type Leave, type OnItsWay } from './engine/clock-leave.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createIdleLock, type IdleLock } from './engine/idle-lock.ts';
import { createRecorder, recordingStore } from './engine/recording.ts';
import type { Ui } from './engine/ui.ts';
import { fetcherOf } from './fetch-bill.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { createReconciling, type Reconciling } from './reconciling.ts';
import { createMainScan } from './engine/main-scan.ts';
import { createScanning, type Scanning } from './engine/scanning.ts';
import { billContracts } from './bill-contracts.ts';
import type { Clock } from './ports/clock.ts';
import type { CodeVault } from './ports/code-vault.ts';
import { assertRoutesOfOpen, openLines } from './lines.ts';
import { wireOutbox } from './outbox-wiring.ts';
import { recover } from './recover.ts';
import { schemesOfRoute } from './route-rules.ts';
import { createClosing } from './rpc/closing.ts';
import { createHandlers } from './rpc/commands.ts';
import { findPayments } from './rpc/commands-evidence.ts';
import { showSold } from './rpc/find-sold.ts';
import { createDisplayServer, type DisplayServer } from './rpc/display.ts';
import { needsManager } from './rpc/managers-papers.ts';
import { createOperators, type Operators, type PinGuard } from './rpc/operators.ts';
import { createRpcServer, type RpcServer } from './rpc/server.ts';
import { openTokenFile } from './rpc/token-file.ts';
import { snapshotOf } from './rpc/view.ts';
import { displayView } from './rpc/view-display.ts';
import type { ViewSettings } from './rpc/view-settings.ts';
import { createSecondComputation } from './second-computation.ts';
import type { Settling } from './settling.ts';
import { openSettling } from './settling-wiring.ts';
import { systemClock, systemRandom } from './system.ts';
import { createTechnician, type Technician } from './technician.ts';

export type CoreOptions = {
  configuration: Configuration;
  stateDirectory: string;
  /** Held by the caller from before anything is opened until the process ends. */
  claim: Lock;
  version: string;
  fatal(error: unknown): void;
};

export { claimStateDirectory };

export type RunningCore = {
  rpc: RpcServer;
  /** Null: this till has no screen for the customer. */
  display: DisplayServer | null;
  engine: Engine;
  /**
   * Timers, devices, the acquirer's line. After the core can be reached: only now is loaded what they need. `leave`: ends this core in
   * order, and whoever started it starts the next; called once, when the wall clock was set and nobody is served.
   */
  begin(leave: Leave): void;
  stop(): Promise<void>;
};

function openVault({ configuration, stateDirectory }: CoreOptions): CodeVault {
  try {
    return openCodeVault(configuration.keysDirectory ?? `${stateDirectory}-keys`);
  } catch (error) {
    const detail = `keysDirectory: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigurationRefused('E-CFG-01', detail, { cause: error });
  }
}

type Parts = ReturnType<typeof openParts>;

function backupDirectory({ configuration, stateDirectory }: CoreOptions): string {
  return configuration.backup.directory ?? `${stateDirectory}-backups`;
}

/** Everything that can refuse to open, in an order that leaves nothing behind when it does: the journal last. */
function openParts(options: CoreOptions) {
  const { configuration, stateDirectory, claim } = options;
  const clock = systemClock();
  const catalogue = openCatalogue(configuration.catalogueFile);
  const lines = openLines(configuration, clock);
  const vault = openVault(options);
  const recorder = createRecorder(openInputFiles(join(stateDirectory, INPUTS_FOLDER)), options.version);
  const routes = Object.fromEntries(lines.map(({ route, settings }) => [route.id, settings]));
  return {
    clock,
    catalogue,
    lines,
    vault,
    routes,
    settings: { terminalCode: configuration.terminal.terminalCode, routes, cash: configuration.cash },
    network: createNetworkProbe(),
    printer: createPrinter(configuration.printer),
    scanners: configuration.scanners.map((one) => createScanner(one)),
    recorder,
    store: recordingStore(openStore(stateDirectory, claim, backupDirectory(options)), recorder),
    outlive: (error: unknown) => outliveDefect(stateDirectory, error),
  };
}

function pinGuard(engine: Engine, clock: Clock): PinGuard {
  return {
    now_ms: () => Math.round(clock.steady_ms()),
    wrong: (operatorId) => {
      const found = engine.state.pins[operatorId];
      return { count: found?.wrong ?? 0, lockedUntil_ms: found?.lockedUntil_ms ?? 0 };
    },
    recordWrong: (operatorId, lockedUntil_ms) =>
      engine.post({ kind: 'pinWrong', operatorId, lockedUntil_ms }),
    clear: (operatorId) => engine.post({ kind: 'pinCleared', operatorId }),
  };
}

function viewSettings({ configuration }: CoreOptions, { lines }: Parts): ViewSettings {
  const { store, terminal, display, lockAfter_s, cash, operators, wedge } = configuration;
  return {
    store: { name_zh: store.name_zh, name_en: store.name_en },
    terminalCode: terminal.terminalCode,
    pxPerMm: display.pxPerMm,
    lockAfter_s,
    wedge,
    denominations_fen: cash.denominations_fen,
    cash,
    operators,
    routes: Object.fromEntries(
      lines.map((line) => [
        line.route.id,
        { ...line.settings, schemes: schemesOfRoute(line.route, store.region), presents: line.presents },
      ]),
    ),
  };
}

function openTechnician(
  options: CoreOptions,
  parts: Parts,
  engine: Engine,
  told: { backups: Backups; hearing: Hearing },
  changed: () => void,
): Technician {
  const { backups, hearing } = told;
  const wired = { ...parts, engine, backups, noticesOf: hearing.reportOf, version: options.version };
  return createTechnician(options, wired, changed);
}

function openReconciling(
  { configuration, stateDirectory }: CoreOptions,
  { store, clock }: Parts,
  engine: Engine,
  changed: () => void,
): Reconciling {
  const folder = configuration.billsDirectory ?? `${stateDirectory}-bills`;
  return createReconciling({
    engine,
    store,
    stateDirectory,
    folder,
    clock,
    routes: configuration.routes,
    fetcherOf: (route) => fetcherOf(configuration, route, clock),
    contracts: billContracts(configuration),
    terminalCode: configuration.terminal.terminalCode,
    changed,
  });
}

function openBackups(options: CoreOptions, clock: Clock, engine: Engine, changed: () => void): Backups {
  const { keep, every_h } = options.configuration.backup;
  return createBackups({
    engine,
    clock,
    stateDirectory: options.stateDirectory,
    directory: backupDirectory(options),
    keep,
    every_ms: every_h * 3600 * 1000,
    make: makeBackupAside,
    newest: newestAside,
    changed,
  });
}

type Wired = {
  engine: Engine;
  scanning: Scanning;
  idle: IdleLock;
  technician: Technician;
  backups: Backups;
  reconciling: Reconciling;
  settling: Settling;
};

function wireRpc(options: CoreOptions, parts: Parts, wired: Wired) {
  const { engine, scanning, idle, technician, backups, reconciling, settling } = wired;
  const { configuration, stateDirectory } = options;
  const { store, catalogue, clock } = parts;
  const tokens = openTokenFile(join(stateDirectory, 'tokens.json'));
  const view = viewSettings(options, parts);
  const now_ms = () => Math.round(clock.steady_ms());
  const second = createSecondComputation(store);
  const handlers = createHandlers({
    engine,
    store,
    catalogue,
    terminalCode: parts.settings.terminalCode,
    present: createMainScan(engine, clock, view.routes),
    enterGoods: (barcode) => scanning.enterGoods(barcode),
    verifyJournal: () => verifyStateDirectory(stateDirectory),
    reconciling,
    closing: createClosing({ engine, second, now_ms }),
    diagnostics: technician,
  });
  const operators = createOperators(configuration.operators, tokens, clock.wall_ms, pinGuard(engine, clock));
  const rpc = createRpcServer({
    engine,
    refusal: null,
    operators,
    handlers,
    snapshot: () => ({
      ...snapshotOf(engine, store, view, now_ms()),
      ...backups.view(),
      ...settling.view(),
      comparing: reconciling.view(),
      diagnosis: technician.view(),
    }),
    needsManager: (...asked) => needsManager({ engine, store }, ...asked),
    touched: idle.touched,
    now_ms,
    lockAfter_ms: configuration.lockAfter_s * 1000,
  });
  engine.onChange(rpc.changed);
  const hasDisplay = configuration.display.customer === 'auto';
  const display = hasDisplay ? createDisplayServer(() => displayView(engine.state, view, now_ms())) : null;
  if (display !== null) engine.onChange(display.changed);
  const reading = second.reading({ clock, isServing: () => engine.state.currentSaleId !== null });
  return { rpc, display, operators, reading };
}

/** @throws DatabaseRefused, ConfigurationRefused, CatalogueRefused: the till then refuses to sell and says why. */
export function startCore(options: CoreOptions): RunningCore {
  const { stateDirectory } = options;
  let isStarting = true;
  const fatal = (error: unknown): void => {
    if (isStarting) throw error;
    markDefect(stateDirectory);
    options.fatal(error);
  };
  try {
    assertNoDamageBehindDefect(stateDirectory);
    const running = wireCore({ ...options, fatal });
    isStarting = false;
    return running;
  } catch (error) {
    throw explained(error, stateDirectory);
  }
}

function devicesStarting({ printer, scanners }: Parts): Pick<Ui, 'printers' | 'scanners'> {
  return {
    printers: { [printer.id]: { state: 'starting', detail: '' } },
    scanners: Object.fromEntries(scanners.map((one) => [one.id, { state: 'starting', fault: null }])),
  };
}

function openScanning(parts: Parts, engine: Engine, technician: Technician, idle: IdleLock): Scanning {
  const { store, vault, catalogue, lines, settings } = parts;
  return createScanning({
    engine,
    store,
    vault,
    catalogue,
    acquirers: lines.map(({ acquirer }) => acquirer),
    detectors: lines.flatMap(({ detector }) => detector ?? []),
    findReceipt: (text) => showSold({ engine, store }, text),
    findPayment: (number) => findPayments({ engine, store, ...settings }, number),
    takenByTest: technician.takesScan,
    touched: idle.touched,
  });
}

/** An examination, or a bill on its way or being compared: the next core would know nothing of it. */
function isAtWork({ technician, reconciling }: Wired): boolean {
  const { state } = reconciling.view();
  return technician.view().state === 'running' || state === 'fetching' || state === 'running';
}

function openClockLeave({ clock, store }: Parts, wired: Wired, onItsWay: () => OnItsWay): ClockLeave {
  return createClockLeave({
    engine: wired.engine,
    clock,
    onItsWay,
    isAtWork: () => isAtWork(wired),
    untouched_ms: wired.idle.untouched_ms,
    stepsAmong: store.clockStepsAmong,
  });
}

function openIdleLock(
  { configuration }: CoreOptions,
  clock: Clock,
  engine: Engine,
  operators: () => Operators,
): IdleLock {
  return createIdleLock({
    engine,
    clock,
    lockAfter_ms: configuration.lockAfter_s * 1000,
    onLock: (operatorId) => operators().forget(operatorId),
    onSlept: () => operators().forgetAll(),
  });
}

function wireCore(options: CoreOptions): RunningCore {
  const parts = openParts(options);
  const { store, clock, lines, printer, scanners } = parts;
  const engine = createEngine({ ...parts, random: systemRandom, fatal: options.fatal });
  assertRoutesOfOpen(engine.state, lines);
  const sentPrints = recover(engine, store, options.version);
  const idle = openIdleLock(options, clock, engine, () => operators);
  const changed: (() => void)[] = [];
  const tellAll = () => changed.forEach((tell) => tell());
  const backups = openBackups(options, clock, engine, tellAll);
  const hearing = createHearing(lines, engine, clock);
  const technician = openTechnician(options, parts, engine, { backups, hearing }, tellAll);
  const scanning = openScanning(parts, engine, technician, idle);
  const outbox = wireOutbox(options.configuration, parts, engine, sentPrints, technician);
  const reconciling = openReconciling(options, parts, engine, tellAll);
  const settling = openSettling({ ...options, engine, clock, changed: tellAll });
  const wired = { engine, scanning, idle, technician, backups, reconciling, settling };
  const { rpc, display, operators, reading } = wireRpc(options, parts, wired);
  changed.push(rpc.changed);
  const clockLeave = openClockLeave(parts, wired, outbox.onItsWay);
  engine.updateUi(devicesStarting(parts));
  let isStopped = false;
  return {
    rpc,
    display,
    engine,
    begin: (leave) => {
      if (isStopped) return;
      engine.start();
      printer.start(outbox.onPrinter);
      for (const scanner of scanners) scanner.start((event) => scanning.onEvent(event));
      outbox.dispatcher.pump();
      outbox.start();
      hearing.start();
      backups.start();
      settling.start();
      reading.start();
      clockLeave.start(leave);
    },
    stop: async () => {
      isStopped = true;
      clockLeave.stop();
      reconciling.stop();
      reading.stop();
      settling.stop();
      outbox.stop();
      engine.stop();
      idle.stop();
      await Promise.all([
        ...scanners.map((one) => one.stop()),
        printer.stop(),
        ...lines.map(({ acquirer }) => acquirer.close()),
        hearing.stop(),
        backups.stop(),
      ]);
      store.close();
    },
  };
}

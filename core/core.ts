// The composition root: the only file that knows db/, drivers/ and acquirers/ at once. Opens, wires, recovers, serves.
import { join } from 'node:path';
import { createGateway } from '../acquirers/gateway/adapter.ts';
import { gatewayCodeRules } from '../acquirers/gateway/profile.ts';
import type { Configuration } from '../contract/configuration.ts';
import { openCatalogue } from '../db/catalogue.ts';
import { openCodeVault } from '../db/code-vault.ts';
import type { Lock } from '../db/lock.ts';
import { claimStateDirectory, openStore } from '../db/store.ts';
import { verifyStateDirectory } from '../db/verify.ts';
import { createPrinter, createScanner } from '../drivers/registry.ts';
import { ConfigurationRefused, readCertificates, readSecret } from './configuration.ts';
import { assert } from './domain/assert.ts';
import { gatewayPolicy, type PaymentPolicy } from './domain/payment/policy.ts';
import { buildReceipt } from './domain/receipt/build.ts';
import type { ReceiptDocument } from './domain/receipt/document.ts';
import type { RouteSettings } from './domain/till/events.ts';
import { withSaleLoaded } from './engine/apply.ts';
import { createDispatcher } from './engine/dispatcher.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createPrinting, type Printing } from './engine/printing.ts';
import { createRouteWatch } from './engine/routes.ts';
import { createScanning, type Scanning } from './engine/scanning.ts';
import type { Acquirer } from './ports/acquirer.ts';
import type { Clock } from './ports/clock.ts';
import type { CodeVault } from './ports/code-vault.ts';
import type { Store } from './ports/journal.ts';
import { createHandlers } from './rpc/commands.ts';
import { createOperators } from './rpc/operators.ts';
import { createRpcServer, type RpcServer } from './rpc/server.ts';
import { openTokenFile } from './rpc/token-file.ts';
import { snapshotOf } from './rpc/view.ts';
import { systemClock, systemRandom } from './system.ts';

export type CoreOptions = {
  configuration: Configuration;
  stateDirectory: string;
  /** Held by the caller from before anything is opened until the process ends. */
  claim: Lock;
  version: string;
  fatal(error: unknown): void;
};

export { claimStateDirectory };

export type RunningCore = { rpc: RpcServer; engine: Engine; stop(): Promise<void> };

function policyOf(route: Configuration['route']): PaymentPolicy {
  const overrides = Object.fromEntries(
    Object.entries(route.timings).filter(([, value]) => value !== undefined),
  );
  return { ...gatewayPolicy, ...overrides, queueMaxAge_ms: route.offline.maxAge_s * 1000 };
}

function openAcquirer(configuration: Configuration, clock: Clock): Acquirer {
  const { route, terminal } = configuration;
  return createGateway({
    id: route.id,
    terminal,
    rules: [...route.codeRules, ...gatewayCodeRules],
    probeTimeout_ms: route.connectTimeout_ms,
    call: {
      baseUrl: route.baseUrl,
      ca: route.caFile === undefined ? null : readCertificates('route.caFile', route.caFile),
      key: { appId: route.appId, appKey: readSecret('route.appKeyFile', route.appKeyFile) },
      connectTimeout_ms: route.connectTimeout_ms,
      nonce: () => systemRandom.hex(16),
      wall_ms: clock.wall_ms,
    },
  });
}

function documents(
  configuration: Configuration,
  engine: Engine,
  store: Store,
): (receiptId: string) => ReceiptDocument {
  return (receiptId) => {
    const receipt = engine.state.receipts[receiptId] ?? store.loadReceipt(receiptId);
    assert(receipt, `receipt ${receiptId} does not exist`);
    const state = withSaleLoaded(store, engine.state, receipt.saleId);
    const sale = state.sales[receipt.saleId];
    assert(sale, `sale ${receipt.saleId} does not exist`);
    const attempts = sale.attemptIds.flatMap((attemptId) => state.attempts[attemptId] ?? []);
    const operator = configuration.operators.find((one) => one.id === sale.operatorId);
    const header = {
      ...configuration.store,
      merchantCode: configuration.terminal.merchantCode,
      terminalCode: configuration.terminal.terminalCode,
      operatorName: operator?.name ?? sale.operatorId,
      shortHash: engine.head.hash.slice(0, 8),
    };
    return buildReceipt(header, receipt, sale, attempts);
  };
}

/** Recovery: what was marked sent and never answered is in doubt; everything else goes on from the disk. */
function recover(engine: Engine, store: Store, version: string): ReadonlySet<number> {
  const rows = store.openRows();
  if (engine.state.epoch === 0) engine.post({ kind: 'installed', epoch: 1 });
  const sentAttemptIds = rows.flatMap((row) =>
    row.kind === 'authorize' && row.state === 'sent' ? [row.reference] : [],
  );
  engine.post({ kind: 'coreStarted', version, runtime: `node ${process.versions.node}`, sentAttemptIds });
  return new Set(rows.filter((row) => row.kind === 'print' && row.state === 'sent').map((row) => row.rowId));
}

function openVault({ configuration, stateDirectory }: CoreOptions): CodeVault {
  try {
    return openCodeVault(configuration.keysDirectory ?? `${stateDirectory}-keys`);
  } catch (error) {
    const detail = `keysDirectory: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigurationRefused('E-CFG-01', detail, { cause: error });
  }
}

type Parts = ReturnType<typeof openParts>;

/** Everything that can refuse to open, in an order that leaves nothing behind when it does: the journal last. */
function openParts(options: CoreOptions) {
  const { configuration, stateDirectory, claim } = options;
  const clock = systemClock();
  const catalogue = openCatalogue(configuration.catalogueFile);
  const acquirer = openAcquirer(configuration, clock);
  const vault = openVault(options);
  const routes: Record<string, RouteSettings> = {
    [configuration.route.id]: { policy: policyOf(configuration.route), offline: configuration.route.offline },
  };
  return {
    clock,
    catalogue,
    acquirer,
    vault,
    routes,
    settings: { terminalCode: configuration.terminal.terminalCode, routes },
    printer: createPrinter(configuration.printer),
    scanners: configuration.scanners.map((one) => createScanner(one)),
    store: openStore(stateDirectory, claim),
  };
}

/** The outbox's two ends: rows are performed after each commit, queued payments go while the route is up. */
function wireOutbox(
  { configuration }: CoreOptions,
  parts: Parts,
  engine: Engine,
  sentPrints: ReadonlySet<number>,
) {
  const { store, vault, clock, printer, acquirer, settings } = parts;
  const printing: Printing = createPrinting(
    {
      engine,
      store,
      clock,
      printer,
      documentOf: documents(configuration, engine, store),
      pump: () => dispatcher.pump(),
    },
    sentPrints,
  );
  const dispatcher = createDispatcher({
    engine,
    store,
    vault,
    settings,
    acquirers: { [acquirer.id]: acquirer },
    print: printing.print,
    isPrinterFree: printing.isFree,
  });
  const routeWatch = createRouteWatch({
    engine,
    clock,
    acquirer,
    probeEvery_ms: configuration.route.probeEvery_ms,
    forwardConcurrency: configuration.route.forward.concurrency,
  });
  engine.onCommit(() => {
    setImmediate(() => {
      dispatcher.pump();
      routeWatch.forward();
    });
  });
  return { printing, dispatcher, routeWatch };
}

function wireRpc(options: CoreOptions, parts: Parts, engine: Engine, scanning: Scanning): RpcServer {
  const { configuration, stateDirectory } = options;
  const { store, catalogue, clock, routes } = parts;
  const tokens = openTokenFile(join(stateDirectory, 'tokens.json'));
  const view = {
    store: { name_zh: configuration.store.name_zh, name_en: configuration.store.name_en },
    terminalCode: configuration.terminal.terminalCode,
    pxPerMm: configuration.display.pxPerMm,
    operators: configuration.operators,
    routes,
  };
  const handlers = createHandlers({
    engine,
    store,
    catalogue,
    enterGoods: (barcode) => scanning.enterGoods(barcode),
    verifyJournal: () => verifyStateDirectory(stateDirectory),
  });
  const rpc = createRpcServer({
    engine,
    refusal: null,
    operators: createOperators(configuration.operators, tokens, clock.wall_ms),
    handlers,
    snapshot: () => snapshotOf(engine, view, Math.round(clock.steady_ms())),
  });
  engine.onChange(rpc.changed);
  return rpc;
}

/** @throws DatabaseRefused, ConfigurationRefused, CatalogueRefused: the till then refuses to sell and says why. */
export function startCore(options: CoreOptions): RunningCore {
  const parts = openParts(options);
  const { store, vault, clock, catalogue, acquirer, settings, printer, scanners } = parts;
  const engine = createEngine({ store, vault, clock, random: systemRandom, settings, fatal: options.fatal });
  const sentPrints = recover(engine, store, options.version);
  const scanning = createScanning({ engine, store, vault, catalogue, acquirer });
  const { printing, dispatcher, routeWatch } = wireOutbox(options, parts, engine, sentPrints);
  const rpc = wireRpc(options, parts, engine, scanning);
  engine.updateUi({
    printers: { [printer.id]: { state: 'starting', detail: '' } },
    scanners: Object.fromEntries(
      scanners.map((one) => [one.id, { state: 'starting' as const, fault: null }]),
    ),
  });
  engine.start();
  printer.start(printing.onEvent);
  for (const scanner of scanners) scanner.start((event) => scanning.onEvent(event));
  dispatcher.pump();
  routeWatch.start();
  return {
    rpc,
    engine,
    stop: async () => {
      engine.stop();
      routeWatch.stop();
      await Promise.all([...scanners.map((one) => one.stop()), printer.stop(), acquirer.close()]);
      store.close();
    },
  };
}

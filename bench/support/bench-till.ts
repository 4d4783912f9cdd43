// A till on the real gateway adapter, wired as core/core.ts does it, without devices: papers count as printed at once. What
// forwards queued payments can be held back, so that slices of a drain can be timed.
import { closeSync, cpSync, fsyncSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../acquirers/gateway/adapter.ts';
import { gatewayCodeRules } from '../../acquirers/gateway/profile.ts';
import { gatewayPolicy } from '../../core/domain/payment/policy.ts';
import { createDispatcher, type Dispatcher } from '../../core/engine/dispatcher.ts';
import { createEngine, type Engine } from '../../core/engine/engine.ts';
import { createRouteWatch, type RouteWatch } from '../../core/engine/routes.ts';
import type { Acquirer } from '../../core/ports/acquirer.ts';
import type { CodeVault } from '../../core/ports/code-vault.ts';
import type { OutboxRow, Store } from '../../core/ports/journal.ts';
import { systemClock, systemRandom } from '../../core/system.ts';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { createNetworkProbe } from '../../drivers/network/probe.ts';

export const ROUTE = 'gateway';

export const terminal = {
  merchantCode: '898420157220001',
  terminalCode: '20260002',
  deviceType: '11',
  ip: '127.0.0.1',
};

/** No bound on the queue: what is measured is its draining, not whether it may grow. */
export const queueSettings = {
  terminalCode: terminal.terminalCode,
  routes: {
    [ROUTE]: {
      policy: gatewayPolicy,
      offline: { mode: 'queue' as const, perPayment_fen: 1e9, openTotal_fen: 1e12, count: 1e6 },
    },
  },
  cash: { roundDownTo_fen: 10, roundDownAlways: false },
};

export type Server = { url: string; appId: string; appKeyFile: string };

export function acquirerAt(server: Server): Acquirer {
  return createGateway({
    id: ROUTE,
    terminal,
    rules: gatewayCodeRules,
    probeTimeout_ms: 3000,
    call: {
      baseUrl: server.url,
      ca: null,
      key: { appId: server.appId, appKey: Buffer.from(readFileSync(server.appKeyFile, 'utf8').trim()) },
      connectTimeout_ms: 3000,
      nonce: () => systemRandom.hex(16),
      wall_ms: () => Date.now(),
    },
  });
}

export type BenchTill = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  acquirer: Acquirer;
  /** Lets queued payments go, so many at a time; 0 holds them back, and those under way come to their end. */
  forward(concurrency: number): void;
  /** Deferred payments sent, and approved by a commit, since opening. */
  counts: Readonly<{ sent: number; approved: number }>;
  close(): Promise<void>;
};

const PROBE_every_ms = 60_000;

function watchOf(engine: Engine, acquirer: Acquirer, concurrency: number): RouteWatch {
  return createRouteWatch({
    engine,
    clock: systemClock(),
    acquirer,
    network: createNetworkProbe(),
    // Never started: the bench says itself when the route is up.
    target: { baseUrl: 'http://127.0.0.1/', ca: null, timeout_ms: 3000 },
    probeEvery_ms: PROBE_every_ms,
    forwardConcurrency: concurrency,
  });
}

/** Counts what the commits say of deferred payments. */
function countForwarding(store: Store): { sent: number; approved: number } {
  const counts = { sent: 0, approved: 0 };
  const { commit } = store;
  store.commit = (one) => {
    const head = commit(one);
    for (const { type, body } of one.records) {
      if (type !== 'payment.moved' || !body.machine.deferred) continue;
      if (body.event === 'submitted') counts.sent += 1;
      if (body.machine.state.kind === 'approved') counts.approved += 1;
    }
    return head;
  };
  return counts;
}

/** The dispatcher with papers and drawer that end well at once. */
function outboxOf(parts: Pick<BenchTill, 'engine' | 'store' | 'vault' | 'acquirer'>): Dispatcher {
  const { engine } = parts;
  const print = (row: OutboxRow) => {
    const printed = {
      receiptId: row.reference,
      print: 'printed',
      problem: null,
      proof: 'orderedStatus',
    } as const;
    setImmediate(() => engine.post({ kind: 'printEnded', ...printed }, { closeRowId: row.rowId }));
  };
  const openDrawer = ({ reference, rowId }: OutboxRow) => {
    const opened = { openId: reference, outcome: 'opened' as const, detail: '' };
    engine.post({ kind: 'drawerEnded', ...opened }, { closeRowId: rowId });
  };
  const acquirers = { [ROUTE]: parts.acquirer };
  return createDispatcher({
    ...parts,
    settings: queueSettings,
    acquirers,
    print,
    isPrinterFree: () => true,
    openDrawer,
  });
}

function openEngine(store: Store, vault: CodeVault): Engine {
  const fatal = (error: unknown): void => {
    throw error;
  };
  const ports = { store, vault, clock: systemClock(), random: systemRandom };
  const engine = createEngine({ ...ports, settings: queueSettings, fatal });
  if (engine.state.epoch === 0) engine.post({ kind: 'installed', epoch: 1 });
  engine.post({ kind: 'coreStarted', version: '0.1.0', runtime: 'bench', sentIds: [], sentDrawerIds: [] });
  if (engine.state.operatorId === null) engine.post({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  if (engine.state.shift === null) engine.post({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
  return engine;
}

function observeRoute(engine: Engine, acquirer: Acquirer): Promise<void> {
  return new Promise((resolve) => {
    acquirer.probe(({ online, cause, storeAndForward }) => {
      engine.post({ kind: 'routeObserved', routeId: ROUTE, online, cause, layer: null, storeAndForward });
      resolve();
    });
  });
}

/** As core/core.ts starts one. Resolves when the route is known. */
export async function openBenchTill(directory: string, server: Server): Promise<BenchTill> {
  const store = openStore(join(directory, 'state'));
  const counts = countForwarding(store);
  const vault = openCodeVault(join(directory, 'keys'));
  const engine = openEngine(store, vault);
  const acquirer = acquirerAt(server);
  const dispatcher = outboxOf({ engine, store, vault, acquirer });
  let watch: RouteWatch | null = null;
  engine.onCommit(() => {
    setImmediate(() => {
      dispatcher.pump();
      watch?.forward();
    });
  });
  engine.start();
  dispatcher.pump();
  await observeRoute(engine, acquirer);
  return {
    engine,
    store,
    vault,
    acquirer,
    counts,
    forward: (concurrency) => {
      watch = concurrency === 0 ? null : watchOf(engine, acquirer, concurrency);
      watch?.forward();
    },
    close: async () => {
      engine.stop();
      await acquirer.close();
      store.close();
    },
  };
}

/** A copy of a till made by build-queue, itself on the disk before anything is timed. */
export function copyTill(template: string, copy: string): void {
  cpSync(template, copy, { recursive: true });
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const descriptor = openSync(join(entry.parentPath, entry.name), 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}

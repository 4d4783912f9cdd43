// The real core in this process (core/core.ts), against a simulated acquirer and printer on this machine. Forwarding is let go and held
// back by saying that the line is up or down: so slices of a drain can be timed.
import { createHash } from 'node:crypto';
import { closeSync, cpSync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfiguration } from '../../core/configuration.ts';
import { claimStateDirectory, startCore } from '../../core/core.ts';
import { gatewayPolicy } from '../../core/domain/payment/policy.ts';
import type { Engine } from '../../core/engine/engine.ts';
import { benchConfiguration, benchSignIn, writeConfiguration } from './configuration.ts';

export const ROUTE = 'gateway';

/** No bound on the queue: what is measured is its draining, not whether it may grow. */
export const queueSettings = {
  terminalCode: '20260002',
  routes: {
    [ROUTE]: {
      policy: gatewayPolicy,
      offline: { mode: 'queue' as const, perPayment_fen: 1e9, openTotal_fen: 1e12, count: 1e6 },
    },
  },
  cash: { roundDownTo_fen: 10, roundDownAlways: false },
};

export type Server = { port: number; appId: string; appKeyFile: string; printerPort: number };

export type BenchTill = {
  engine: Engine;
  /** How long the core took to open. */
  open_ms: number;
  /** Queued payments go, or wait; those under way come to their end. */
  forward(isOn: boolean): void;
  /** Queued payments approved in this period. */
  approved(): number;
  /** Resolves when no payment and no paper is under way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const LOOK_ms = 2;
const STILL_ms = 500;
/** 100 records in 20 ms (core/second-computation.ts), and some more. */
const WARMING_ms = 0.25;
const MOST_warming_ms = 5000;
/** The core looks at the line when it starts, and not again while it is timed. */
const PROBE_every_ms = 600_000;

function isUnderWay({ state }: Engine): boolean {
  const isSent = Object.values(state.attempts).some(({ machine }) => machine.state.kind === 'authorizing');
  return isSent || Object.values(state.receipts).some(({ print }) => print === 'pending');
}

/** @throws Error when one ended otherwise: the drain would wait for it for ever. */
function approvedOf({ state }: Engine): number {
  const { approved, declined, expired } = state.period.offline;
  if (declined.count + expired.count > 0)
    throw new Error(`${declined.count} declined, ${expired.count} expired`);
  return approved.count;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(LOOK_ms);
}

/** The last papers and answers are committed: a core is stopped before its end, not in mid-commit. */
async function unchanged(engine: Engine): Promise<void> {
  let sequence = -1;
  while (sequence !== engine.head.sequence) {
    ({ sequence } = engine.head);
    await delay(STILL_ms);
  }
}

function configure(directory: string, { port, ...others }: Server, concurrency: number): string {
  const ends = { scannerPath: join(directory, 'scanner'), acquirerPort: port };
  const configuration = benchConfiguration({ ...ends, ...others });
  return writeConfiguration(directory, {
    ...configuration,
    scanners: [],
    keysDirectory: join(directory, 'keys'),
    route: {
      ...configuration.route,
      probeEvery_ms: PROBE_every_ms,
      forward: { concurrency },
      offline: { mode: 'queue', maxAge_s: 7 * 24 * 3600 },
    },
  });
}

/** The shift is open, somebody is signed in, nothing is forwarded yet. */
function prepare(engine: Engine): void {
  engine.ask({ kind: 'signedIn', operatorId: benchSignIn.operatorId, role: 'cashier' });
  if (engine.state.shift === null) engine.ask({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
}

/** `directory` holds a till made by build-queue, or nothing. */
export async function openBenchTill(
  directory: string,
  server: Server,
  concurrency: number,
): Promise<BenchTill> {
  mkdirSync(directory, { recursive: true });
  const stateDirectory = join(directory, 'state');
  const claim = claimStateDirectory(stateDirectory);
  const opening_ms = performance.now();
  const core = startCore({
    configuration: loadConfiguration(configure(directory, server, concurrency)),
    stateDirectory,
    claim,
    version: '0.1.0',
    fatal: (error) => {
      throw error;
    },
  });
  core.begin(null);
  const open_ms = performance.now() - opening_ms;
  const { engine } = core;
  const line = { routeId: ROUTE, cause: null, layer: null, storeAndForward: true };
  const forward = (isOn: boolean) => engine.post({ kind: 'routeObserved', ...line, online: isOn });
  await until(() => engine.state.routes[ROUTE]?.online === true);
  forward(false);
  prepare(engine);
  await until(() => !isUnderWay(engine));
  // The second computation reads the journal anew after each start, a little at a time.
  await delay(Math.min(MOST_warming_ms, engine.head.sequence * WARMING_ms));
  return {
    engine,
    open_ms,
    forward,
    approved: () => approvedOf(engine),
    settled: () => until(() => !isUnderWay(engine)),
    close: async () => {
      await unchanged(engine);
      await core.stop();
      claim.release();
    },
  };
}

/** The till keeps a keyed fingerprint of a code; for timing any fingerprint does. */
export function fingerprint(code: string): string {
  return createHash('sha256').update(code).digest('hex');
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

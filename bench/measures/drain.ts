// How fast queued payments are forwarded to an acquirer 10 ms away, beside the HTTP client alone; and what a cashier notices.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectGatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import type { Server } from '../support/bench-till.ts';
import type { Context, Measure } from '../support/measure.ts';
import { compileLibrary } from '../support/native.ts';
import { comparedOf, figureOf, type Outcome } from '../support/outcome.ts';
import { median } from '../support/figures.ts';
import type { QueueInput } from '../trials/build-queue.ts';
import type { CashierInput, CashierRound } from '../trials/cashier.ts';
import type { DrainInput, DrainResult } from '../trials/drain.ts';

const LATENCY_ms = 10;
const GOAL_drain_ratio = 1.25;
const GOAL_cashier_ratio = 1.2;
const SLOWER_ms = 8;

type Shape = Pick<DrainInput, 'concurrency' | 'queued' | 'slice_ms' | 'refill' | 'budget_s'>;

/** The queue that a configuration allows is 500 at most; the deeper ones show how the cost of one payment grows. */
const shapes: readonly Shape[] = [
  { concurrency: 1, queued: 1000, slice_ms: 1000, refill: false, budget_s: 45 },
  { concurrency: 8, queued: 500, slice_ms: 2000, refill: true, budget_s: 45 },
  { concurrency: 32, queued: 500, slice_ms: 2000, refill: true, budget_s: 45 },
  { concurrency: 1, queued: 10_000, slice_ms: 1000, refill: false, budget_s: 45 },
  { concurrency: 8, queued: 10_000, slice_ms: 1000, refill: false, budget_s: 45 },
  { concurrency: 32, queued: 10_000, slice_ms: 300, refill: false, budget_s: 45 },
];
const CASHIER_queued = 1000;

/** In memory, where a sync costs nothing: what is timed is copied to the disk. */
const TEMPLATES_parent = '/dev/shm';

/** The templates by their number of queued payments. */
async function buildQueues(context: Context, parent: string): Promise<ReadonlyMap<number, string>> {
  const templates = new Map<number, string>();
  for (const payments of new Set([...shapes.map(({ queued }) => queued), CASHIER_queued])) {
    const directory = join(parent, String(payments));
    mkdirSync(directory);
    // Codes of its own: the acquirer takes none twice.
    const input: QueueInput = { directory, payments, seed: context.seed + payments };
    await context.trial('build-queue', input);
    templates.set(payments, directory);
  }
  return templates;
}

function drainOutcomes({ concurrency, queued }: Shape, { rounds, open_ms }: DrainResult): Outcome[] {
  const count = rounds.reduce((total, round) => total + round.count, 0);
  const perSecond = Math.round(1000 / median(rounds.map((round) => round.ours)));
  const name = `${queued} queued, ${concurrency} at a time`;
  const facts = { measure: 'drain', name, unit: 'ms a payment' };
  const against = (limit: 'pool' | 'adapter') =>
    rounds.map((round) => ({ ours: [round.ours], limit: [round[limit]] }));
  const note = `${perSecond} payments a second, ${count} timed; opening took ${Math.round(open_ms)} ms`;
  return [
    comparedOf({ ...facts, limitName: 'client alone', goal_ratio: GOAL_drain_ratio, note }, against('pool')),
    comparedOf(
      { ...facts, name: `${name}, beside our adapter`, limitName: 'adapter alone', goal_ratio: null },
      against('adapter'),
    ),
  ];
}

async function drains(
  context: Context,
  server: Server,
  templates: ReadonlyMap<number, string>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, shape] of shapes.entries()) {
    const directory = join(context.directory, `drain-${index}`);
    mkdirSync(directory);
    const template = templates.get(shape.queued) ?? '';
    const rounds = context.rounds(15);
    const input: DrainInput = {
      ...shape,
      directory,
      template,
      server,
      rounds,
      seed: context.seed + index * 10,
    };
    outcomes.push(...drainOutcomes(shape, await context.trial<DrainResult>('drain', input)));
  }
  return outcomes;
}

type Disk = { name: string; delay_ms: number; every_ms: number; slice_ms: number };

/** On the slower disk a whole sale takes 50 ms of syncs alone: every 20 ms there is no such cashier. */
const disks: readonly Disk[] = [
  { name: '', delay_ms: 0, every_ms: 20, slice_ms: 700 },
  { name: ', 8 ms slower disk', delay_ms: SLOWER_ms, every_ms: 100, slice_ms: 1000 },
];

async function cashierBeside(
  context: Context,
  server: Server,
  template: string,
  disk: Disk,
): Promise<Outcome[]> {
  const directory = join(context.directory, `cashier-${disk.delay_ms}`);
  mkdirSync(directory);
  const { every_ms, slice_ms, delay_ms } = disk;
  const input: CashierInput = {
    directory,
    template,
    queued: CASHIER_queued,
    server,
    concurrency: 8,
    rounds: context.rounds(15),
    slice_ms,
    every_ms,
    seed: context.seed + 100 + delay_ms,
  };
  const slowSync = delay_ms === 0 ? {} : { slowSync: { library: compileLibrary('slow-sync'), delay_ms } };
  const { rounds } = await context.trial<{ rounds: CashierRound[] }>('cashier', input, slowSync);
  const missed = rounds.reduce((sum, round) => sum + round.missed, 0);
  const facts = { measure: 'drain', unit: 'ms' };
  const name = `cashier's payment every ${every_ms} ms beside a drain, 8 at a time${disk.name}`;
  const served = rounds.filter((round) => round.busy.length > 0 && round.idle.length > 0);
  return [
    comparedOf(
      {
        ...facts,
        name,
        limitName: 'no drain',
        goal_ratio: GOAL_cashier_ratio,
        note: `due to durable; ${missed} due times found the payment before unanswered`,
      },
      served.map((round) => ({ ours: round.busy, limit: round.idle })),
    ),
    figureOf(
      { ...facts, name: `the drain meanwhile${disk.name}`, unit: 'payments a second' },
      median(rounds.map((round) => round.drained_per_s)),
    ),
  ];
}

async function measure(context: Context, templates: ReadonlyMap<number, string>): Promise<Outcome[]> {
  const gateway = await startGateway({
    directory: join(context.directory, 'acquirer'),
    tls: false,
    sync: false,
  });
  const printer = await startPrinter({ directory: join(context.directory, 'printer'), render: false });
  const control = await connectGatewayControl(gateway.control);
  try {
    await control.faults.set({ fault: 'delay', ms: LATENCY_ms, path: 'pay' });
    const { port, appId, appKeyFile } = gateway;
    const server = { port, appId, appKeyFile, printerPort: printer.port };
    const outcomes = await drains(context, server, templates);
    for (const disk of disks)
      outcomes.push(...(await cashierBeside(context, server, templates.get(CASHIER_queued) ?? '', disk)));
    return outcomes;
  } finally {
    control.close();
    await Promise.all([gateway.stop(), printer.stop()]);
  }
}

async function run(context: Context): Promise<Outcome[]> {
  const parent = mkdtempSync(join(TEMPLATES_parent, 'yima-bench-'));
  try {
    return await measure(context, await buildQueues(context, parent));
  } finally {
    rmSync(parent, { recursive: true });
  }
}

export const drain: Measure = {
  name: 'drain',
  what: 'queued payments forwarded to an acquirer 10 ms away beside the HTTP client alone; a cashier beside it',
  run,
};

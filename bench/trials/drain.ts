// Drains a queue in slices, in turns with the HTTP client alone doing as many payments.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeMaker } from '../../fixtures/codes.ts';
import { acquirerAt, type BenchTill, copyTill, openBenchTill, type Server } from '../support/bench-till.ts';
import { openClientAlone } from '../support/client-alone.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type DrainInput = {
  directory: string;
  /** Made by build-queue; copied into `directory` before it is drained. */
  template: string;
  server: Server;
  /** In turns, on the same queue. */
  concurrencies: readonly number[];
  queued: number;
  rounds: number;
  /** No new round after so long: a drain that is too slow is still measured. */
  budget_s: number;
  slice_ms: number;
  /** A drained queue is filled again; else the drain ends with it. */
  refill: boolean;
  seed: number;
};
/** Milliseconds a payment, at the concurrency of that index. */
export type DrainRound = { index: number; ours: number; pool: number; adapter: number; count: number };
export type DrainResult = { rounds: DrainRound[]; open_ms: number };

const LOOK_ms = 1;

async function openCopy({ directory, template, server }: DrainInput, name: string): Promise<BenchTill> {
  copyTill(template, join(directory, name));
  return openBenchTill(join(directory, name), server);
}

/** Forwards for `slice_ms`, or until the queue is empty, then lets what is under way end. */
async function drainSlice(
  till: BenchTill,
  concurrency: number,
  left: number,
  slice_ms: number,
): Promise<{ count: number; took_ms: number }> {
  const before = till.counts.approved;
  const started_ms = performance.now();
  till.forward(concurrency);
  while (performance.now() - started_ms < slice_ms && till.counts.approved - before < left)
    await delay(LOOK_ms);
  till.forward(0);
  while (till.counts.approved < till.counts.sent) await delay(LOOK_ms);
  return { count: till.counts.approved - before, took_ms: performance.now() - started_ms };
}

async function measure(input: DrainInput): Promise<DrainResult> {
  const { server, concurrencies, queued, slice_ms, refill, budget_s } = input;
  const adapter = acquirerAt(server);
  const alone = openClientAlone(server, adapter, codeMaker(input.seed + 1));
  const opening_ms = performance.now();
  let till = await openCopy(input, 'copy-0');
  const open_ms = performance.now() - opening_ms;
  for (const concurrency of concurrencies) await alone.pool(concurrency * 4, concurrency);
  const rounds: DrainRound[] = [];
  const end_ms = performance.now() + budget_s * 1000;
  while (rounds.length < input.rounds * concurrencies.length && performance.now() < end_ms) {
    const index = rounds.length % concurrencies.length;
    const concurrency = concurrencies[index] ?? 1;
    if (till.counts.approved === queued) {
      if (!refill) break;
      await till.close();
      till = await openCopy(input, `copy-${rounds.length}`);
    }
    const slice = await drainSlice(till, concurrency, queued - till.counts.approved, slice_ms);
    const { count } = slice;
    const pool = (await alone.pool(count, concurrency)) / count;
    const own = Math.max(concurrency, Math.round(count / 2));
    const adapted = (await alone.adapter(own, concurrency)) / own;
    rounds.push({ index, count, ours: slice.took_ms / count, pool, adapter: adapted });
  }
  await alone.close();
  await adapter.close();
  await till.close();
  return { rounds, open_ms };
}

trialResult(await measure(trialInput<DrainInput>()));

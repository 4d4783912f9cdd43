// Drains a queue in slices, in turns with the HTTP client alone doing as many payments.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeMaker } from '../../fixtures/codes.ts';
import { type BenchTill, copyTill, openBenchTill, type Server } from '../support/bench-till.ts';
import { openClientAlone } from '../support/client-alone.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type DrainInput = {
  directory: string;
  /** Made by build-queue; copied into `directory` before it is drained. */
  template: string;
  server: Server;
  concurrency: number;
  queued: number;
  rounds: number;
  /** No new round after so long: a drain that is too slow is still measured. */
  budget_s: number;
  slice_ms: number;
  /** A drained queue is filled again; else the drain ends with it. */
  refill: boolean;
  seed: number;
};
/** Milliseconds a payment. */
export type DrainRound = { ours: number; pool: number; adapter: number; count: number };
export type DrainResult = { rounds: DrainRound[]; open_ms: number };

const LOOK_ms = 1;

async function openCopy(input: DrainInput, name: string): Promise<BenchTill> {
  const directory = join(input.directory, name);
  copyTill(input.template, directory);
  return openBenchTill(directory, input.server, input.concurrency);
}

/** Forwards for `slice_ms` and at least a window full, or until the queue is empty; then lets what is under way end. */
async function drainSlice(
  till: BenchTill,
  { queued, concurrency, slice_ms }: DrainInput,
): Promise<{ count: number; took_ms: number }> {
  const before = till.approved();
  const isEnough = (elapsed_ms: number) =>
    till.approved() === queued || (elapsed_ms >= slice_ms && till.approved() - before >= concurrency);
  const started_ms = performance.now();
  till.forward(true);
  while (!isEnough(performance.now() - started_ms)) await delay(LOOK_ms);
  till.forward(false);
  await till.settled();
  return { count: till.approved() - before, took_ms: performance.now() - started_ms };
}

async function measure(input: DrainInput): Promise<DrainResult> {
  const { server, concurrency, queued, refill, budget_s } = input;
  const alone = openClientAlone(server, codeMaker(input.seed + 1));
  let till = await openCopy(input, 'copy-0');
  const { open_ms } = till;
  await alone.pool(concurrency * 4, concurrency);
  const rounds: DrainRound[] = [];
  const end_ms = performance.now() + budget_s * 1000;
  while (rounds.length < input.rounds && performance.now() < end_ms) {
    if (till.approved() === queued) {
      if (!refill) break;
      await till.close();
      till = await openCopy(input, `copy-${rounds.length}`);
    }
    const { count, took_ms } = await drainSlice(till, input);
    const pool = (await alone.pool(count, concurrency)) / count;
    const own = Math.max(concurrency, Math.round(count / 2));
    const adapter = (await alone.adapter(own, concurrency)) / own;
    rounds.push({ count, ours: took_ms / count, pool, adapter });
  }
  await till.close();
  return { rounds, open_ms };
}

trialResult(await measure(trialInput<DrainInput>()));

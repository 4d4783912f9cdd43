// A cashier's payments while a queue is drained, in turns with the same cashier at a till that has no queue.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CodeMaker, codeMaker } from '../../fixtures/codes.ts';
import { type BenchTill, copyTill, openBenchTill, type Server } from '../support/bench-till.ts';
import { startCashier } from '../support/cashier.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type CashierInput = {
  directory: string;
  /** A queue of `queued`, filled again before it runs dry. */
  template: string;
  queued: number;
  server: Server;
  concurrency: number;
  rounds: number;
  slice_ms: number;
  every_ms: number;
  seed: number;
};
export type CashierRound = { busy: number[]; idle: number[]; drained_per_s: number; missed: number };

/** A slice begins with at least this share of the queue. */
const FULL_share = 0.9;

type Slice = Pick<CashierRound, 'drained_per_s' | 'missed'> & { samples: number[] };

/** Ends when nothing is under way any more. An idle till's line is up as well, it has nothing to forward. */
async function serve(
  till: BenchTill,
  codes: CodeMaker,
  { slice_ms, every_ms }: CashierInput,
): Promise<Slice> {
  const before = till.approved();
  const started_ms = performance.now();
  till.forward(true);
  const cashier = startCashier(till, codes, every_ms);
  await delay(slice_ms);
  cashier.stop();
  till.forward(false);
  const took_s = (performance.now() - started_ms) / 1000;
  const drained = till.approved() - before;
  await till.settled();
  return { samples: cashier.samples, missed: cashier.missed, drained_per_s: drained / took_s };
}

async function measure(input: CashierInput): Promise<CashierRound[]> {
  const { directory, template, server, concurrency, queued } = input;
  const codes = codeMaker(input.seed + 2);
  let copies = 0;
  const openCopy = (): Promise<BenchTill> => {
    copies += 1;
    const copy = join(directory, `busy-${copies}`);
    copyTill(template, copy);
    return openBenchTill(copy, server, concurrency);
  };
  const idle = await openBenchTill(join(directory, 'idle'), server, concurrency);
  let busy = await openCopy();
  await serve(idle, codes, input);
  const rounds: CashierRound[] = [];
  while (rounds.length < input.rounds) {
    if (busy.approved() > queued * (1 - FULL_share)) {
      await busy.close();
      busy = await openCopy();
    }
    const quiet = await serve(idle, codes, input);
    const { samples, ...facts } = await serve(busy, codes, input);
    rounds.push({ ...facts, busy: samples, idle: quiet.samples });
  }
  await busy.close();
  await idle.close();
  return rounds;
}

trialResult({ rounds: await measure(trialInput<CashierInput>()) });

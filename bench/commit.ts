// node bench/commit.ts [--rounds 21] [--payments 20] [--directory DIR] [--patience 60]
// What durability costs: each commit of a paid sale beside a raw sync, in turns; the ratio of medians is judged.
// Exit code 0: within the limit, 1: above, 2: the machine was too noisy for a verdict.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Commit } from '../core/ports/journal.ts';
import { codeMaker } from '../fixtures/codes.ts';
import { type DrivenTill, openDrivenTill } from '../fixtures/databases/till.ts';
import { median, percentile, show, sum } from './support/figures.ts';
import { awaitQuiet, benchDirectory, machineLine, noiseLine, QUIET_sync_ms } from './support/machine.ts';
import { payOnce } from './support/payment.ts';
import { openRawFile } from './support/raw-sync.ts';

/** performance.md, goals: the full enqueue at most 2.0 x a raw overwrite with its sync. */
const LIMIT_ratio = 2.0;
const FEWEST_rounds = 15;
/** The first 1000 pages of a WAL run slower (performance.md, pitfall 5). */
const WARM_payments = 300;
const RAW_per_payment = 3;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    payments: { type: 'string', default: '20' },
    directory: { type: 'string', default: '.cache' },
    patience: { type: 'string', default: '60' },
  },
});

/** The three commits between the scan of a code and "paid"; the others of a sale are told together. */
const kinds = ['enqueue', 'mark sent', 'answer', 'other'] as const;
type Kind = (typeof kinds)[number];
type Samples = Record<Kind | 'raw', number[]>;

const noSamples = (): Samples => ({ enqueue: [], 'mark sent': [], answer: [], other: [], raw: [] });

function kindOf({ records }: Commit): Kind {
  if (records.some(({ type }) => type === 'payment.opened')) return 'enqueue';
  return records.some(({ type }) => type === 'payment.moved') ? 'answer' : 'other';
}

/** Times the store's two ways to write, in place: the engine uses this very object. */
function timeStore({ store }: DrivenTill, note: (kind: Kind, took_ms: number) => void): void {
  const { commit, markSent } = store;
  const timed = <Result>(kind: Kind, write: () => Result): Result => {
    const started_ms = performance.now();
    const result = write();
    note(kind, performance.now() - started_ms);
    return result;
  };
  store.commit = (one) => timed(kindOf(one), () => commit(one));
  store.markSent = (rowIds) => timed('mark sent', () => markSent(rowIds));
}

function measure(directory: string): Samples[] {
  const till = openDrivenTill(join(directory, 'state'));
  const raw = openRawFile(directory);
  const codes = codeMaker(1);
  let samples = noSamples();
  timeStore(till, (kind, took_ms) => samples[kind].push(took_ms));
  for (let index = 0; index < WARM_payments; index += 1) payOnce(till, codes.any());
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    samples = noSamples();
    for (let index = 0; index < Number(values.payments); index += 1) {
      for (let count = 0; count < RAW_per_payment; count += 1) samples.raw.push(raw.sync());
      payOnce(till, codes.any());
    }
    return samples;
  });
  raw.close();
  till.close();
  return rounds;
}

function report(name: Kind | 'raw', rounds: readonly Samples[]): number {
  const all = rounds.flatMap((round) => round[name]);
  const ratios = rounds.map((round) => median(round[name]) / median(round.raw));
  const ratio = median(ratios);
  const span = `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`;
  const perSecond = Math.round((all.length * 1000) / sum(all));
  console.log(
    `${name.padEnd(10)} ${String(all.length).padStart(6)} commits ${String(perSecond).padStart(6)}/s` +
      `  p10 ${show(percentile(all, 0.1))}  p50 ${show(median(all))}  p99 ${show(percentile(all, 0.99))} ms  ${ratio.toFixed(2)} x raw (${span})`,
  );
  return ratio;
}

/** Scan to "paid" holds three commits: beside three raw syncs. */
function reportPayment(rounds: readonly Samples[]): void {
  const paid = (round: Samples) => median(round.enqueue) + median(round['mark sent']) + median(round.answer);
  const ratio = median(rounds.map((round) => paid(round) / (3 * median(round.raw))));
  console.log(
    `one payment, scan to paid: 3 commits, ${show(median(rounds.map(paid)))} ms, ${ratio.toFixed(2)} x three raw syncs`,
  );
}

/** Null: nothing can be said. Noise goes both ways: it hides the work beside the sync, or it adds the waiting for a core. */
function judge(enqueue: number, raw_ms: number, isQuiet: boolean): boolean | null {
  const isGood = enqueue <= LIMIT_ratio;
  const found = `enqueue ${enqueue.toFixed(2)} x raw, limit ${LIMIT_ratio.toFixed(1)} x`;
  if (isQuiet && raw_ms <= QUIET_sync_ms) {
    console.log(`${found}: ${isGood ? 'ok' : 'ABOVE'}`);
    return isGood;
  }
  console.log(`${found}: NO VERDICT, the machine was not quiet (raw p50 ${show(raw_ms)} ms)`);
  return null;
}

async function run(): Promise<boolean | null> {
  if (Number(values.rounds) < FEWEST_rounds) throw new Error(`--rounds is at least ${FEWEST_rounds}`);
  const directory = benchDirectory(values.directory, 'commit');
  try {
    console.log(machineLine());
    const isQuiet = await awaitQuiet(Number(values.patience));
    console.log(`before: ${noiseLine(directory)}`);
    const rounds = measure(directory);
    console.log(`after:  ${noiseLine(directory)}`);
    report('raw', rounds);
    const [enqueue = Infinity] = kinds.map((kind) => report(kind, rounds));
    reportPayment(rounds);
    return judge(enqueue, median(rounds.flatMap((round) => round.raw)), isQuiet);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const isGood = await run();
process.exitCode = isGood === null ? 2 : isGood ? 0 : 1;

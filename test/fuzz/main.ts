// npm run fuzz -- [--minutes 5] [--seed N] [--only TRY]: random and harmed answers through every acquirer's decoder, and codes through the
// scanner's: nothing may crash, hang, or prove what the answer does not say under its signature.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { tryOnce } from './once.ts';
import type { Task, Told } from './worker.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
});
const HANG_ms = 20_000;

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} ${text} is not a number above 0`);
  return value;
}

const seed = numberOf('seed', values.seed);
const minutes = numberOf('minutes', values.minutes);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function again(number: number): string {
  return `  again: npm run fuzz -- --seed ${seed} --only ${number}`;
}

/** Null: the decoder hangs at the try that the counter names. */
function runAll(): Promise<Told | null> {
  const count = new Int32Array(new SharedArrayBuffer(4));
  const workerData: Task = { seed, from: 1, count, minutes };
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData });
  return new Promise((resolve, reject) => {
    let seen = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(count, 0);
      if (now === seen) {
        say(`HANG: try ${now} takes longer than ${HANG_ms / 1000} s`);
        say(again(now));
        resolve(null);
        void worker.terminate();
      }
      seen = now;
    }, HANG_ms);
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => clearInterval(watch));
  });
}

if (values.only !== undefined) {
  const tried = tryOnce(seed, numberOf('only', values.only));
  say(`${tried.where}: ${tried.what}`);
  if (tried.fault !== null) say(`FAULT: ${tried.fault}`);
  process.exitCode = tried.fault === null ? 0 : 1;
} else {
  const told = await runAll();
  for (const [name, count] of (told?.counts ?? []).toSorted(([a], [b]) => a.localeCompare(b)))
    say(`  ${name} ${count}`);
  for (const { number, tried } of told?.faults ?? []) {
    say(`FAULT in ${tried.where}: ${tried.fault}`);
    say(again(number));
  }
  const isGood = told !== null && told.tries > 0 && told.faults.length === 0;
  say(
    `FUZZ ${isGood ? 'OK' : 'FAILED'}: seed ${seed}, ${told?.tries ?? 0} tries in ${minutes} minutes, ${told?.faults.length ?? 1} faults`,
  );
  process.exitCode = isGood ? 0 : 1;
}

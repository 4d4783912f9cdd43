// npm run sim:pairs -- [--scene N] [--workers N]: every order of events of two payments and a give-back, in each scene, and the planted
// mistakes. A process for each core; what they find is told in the order of the scenes.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type PairJob, pairJobs, type PairResult } from './pair-jobs.ts';

const { values } = parseArgs({
  options: {
    scene: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});

const jobs = pairJobs.filter(({ scene }) => values.scene === undefined || values.scene === String(scene + 1));
const results = new Map<PairJob, PairResult>();
const waiting = [...jobs];
let told = 0;

function tell(): void {
  for (; told < jobs.length; told += 1) {
    const job = jobs[told];
    const result = job && results.get(job);
    if (result === undefined) return;
    process.stdout.write(result.text);
  }
}

function work(): Promise<void> {
  return new Promise((resolve, reject) => {
    // Worlds are made by the million and dropped at once.
    const execArgv = [...process.execArgv, '--max-semi-space-size=32', '--max-old-space-size=8000'];
    const child = fork(join(import.meta.dirname, 'pair-worker.ts'), { execArgv });
    let running: PairJob | undefined;
    child.on('message', (message: PairResult | 'ready') => {
      if (message !== 'ready' && running !== undefined) results.set(running, message);
      tell();
      running = waiting.shift();
      if (running === undefined) child.disconnect();
      else child.send(running);
    });
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a part of the search ended with ${code}`)),
    );
  });
}

const started_ms = performance.now();
await Promise.all(Array.from({ length: Number(values.workers) }, () => work()));

const all = [...results].map(([{ kind }, result]) => ({ kind, ...result }));
const sum = (of: (one: PairResult) => number) => all.reduce((total, one) => total + of(one), 0);
const searches = all.filter(({ kind }) => kind === 'search');
const violations = searches.filter(({ isGood }) => !isGood).length;
const missed = all.filter(({ kind, isGood }) => kind === 'planted' && !isGood).length;
const isGood = violations === 0 && missed === 0 && searches.length > 0 && all.length === jobs.length;
process.stdout.write(
  `PAIRS ${isGood ? 'OK' : 'FAILED'}: ${sum(({ states }) => states)} states, ${sum(({ steps }) => steps)} steps, ` +
    `${searches.length} searches, ${violations} violations, ${missed} planted mistakes missed, ` +
    `${Math.round((performance.now() - started_ms) / 1000)} s on ${values.workers} workers\n`,
);
process.exitCode = isGood ? 0 : 1;

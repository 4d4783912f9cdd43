// Tries without end, and counts them where the watchdog can see it: a decoder that hangs hangs this thread alone.
import { parentPort, workerData } from 'node:worker_threads';
import { tryOnce } from './once.ts';
import type { Tried } from './rail.ts';

export type Task = { seed: number; from: number; count: Int32Array; minutes: number };
export type Told = { tries: number; counts: [string, number][]; faults: { number: number; tried: Tried }[] };

const SHOWN_faults = 20;
const { seed, from, count, minutes } = workerData as Task;
const end_ms = performance.now() + minutes * 60_000;
const counts = new Map<string, number>();
const faults: Told['faults'] = [];
let number = from;
while (performance.now() < end_ms && faults.length < SHOWN_faults) {
  const tried = tryOnce(seed, number);
  const name = `${tried.where}: ${tried.what}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  if (tried.fault !== null) faults.push({ number, tried });
  number += 1;
  Atomics.store(count, 0, number);
}
parentPort?.postMessage({ tries: number - from, counts: [...counts], faults } satisfies Told);

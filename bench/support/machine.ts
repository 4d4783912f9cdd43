// What the machine was like during a run, so that a noisy run can be told from a slow product.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile, show } from './figures.ts';
import { QUIET_sync_ms } from './noise.ts';
import { openRawFile } from './raw-sync.ts';

const SAMPLES = 200;
const QUIET_idle = 0.75;
const LOOK_ms = 3000;

/** A new directory under `parent`, which is made if need be. */
export function benchDirectory(parent: string, name: string): string {
  mkdirSync(resolve(parent), { recursive: true });
  return mkdtempSync(join(resolve(parent), `${name}-`));
}

function cpuTimes(): { idle: number; all: number } {
  const times = cpus().map((one) => one.times);
  const idle = times.reduce((total, one) => total + one.idle, 0);
  const all = times.reduce((total, one) => total + one.idle + one.user + one.nice + one.sys + one.irq, 0);
  return { idle, all };
}

/** Waits until the processors are mostly idle, at most `patience_s`. Says what it found; true: they are. */
export async function awaitQuiet(
  patience_s: number,
  say: (text: string) => void = console.log,
): Promise<boolean> {
  const started_ms = performance.now();
  const waited_s = () => (performance.now() - started_ms) / 1000;
  let idle = 0;
  do {
    const before = cpuTimes();
    await delay(LOOK_ms);
    const after = cpuTimes();
    idle = (after.idle - before.idle) / (after.all - before.all);
  } while (idle < QUIET_idle && waited_s() < patience_s);
  say(`processors ${Math.round(idle * 100)} % idle after waiting ${Math.round(waited_s())} s`);
  return idle >= QUIET_idle;
}

export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} x ${model}, Linux ${release()}, Node ${process.versions.node}`;
}

/** Raw fdatasync on the disk of `directory` and the load, as one line; says so when the machine was not quiet. */
export function noiseLine(directory: string): string {
  const raw = openRawFile(directory);
  const samples = Array.from({ length: SAMPLES }, () => raw.sync());
  raw.close();
  const p50_ms = percentile(samples, 0.5);
  const [load = 0] = loadavg();
  const verdict =
    p50_ms > QUIET_sync_ms ? ' - NOISY: repeat on a quiet machine before believing a failure' : '';
  return `raw fdatasync p50 ${show(p50_ms)} p99 ${show(percentile(samples, 0.99))} ms, load ${load.toFixed(2)}${verdict}`;
}

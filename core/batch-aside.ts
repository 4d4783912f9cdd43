// Reads batches in a thread of its own.
import { Worker } from 'node:worker_threads';
import type { BatchesAsked, BatchesRead } from './batch-reading.ts';
import type { Clock } from './ports/clock.ts';

/** The built core stands in one file; the worker is built beside it. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './batch-worker.ts' : './batch-worker.mjs',
  import.meta.url,
);

/** As for a bill: enough for the journal of some years. */
const MEMORY_MB = 1024;
/** A disk that hangs takes for ever. */
const LONGEST_ms = 600_000;

/** `stop`: its answer is not waited for any more. */
export type BatchesUnderWay = { read: Promise<BatchesRead>; stop(): void };

/** The promise never rejects. */
export function readAside(clock: Pick<Clock, 'after'>, asked: BatchesAsked): BatchesUnderWay {
  const worker = new Worker(workerFile, {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const { promise, resolve } = Promise.withResolvers<BatchesRead>();
  const failed = (detail: string): void => resolve({ ok: false, detail });
  const giveUp = clock.after(LONGEST_ms, () => {
    failed(`no result after ${LONGEST_ms / 1000} s`);
    void worker.terminate();
  });
  worker.on('message', (message: BatchesRead) => resolve(message));
  worker.on('error', (error) => failed(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => failed(`the reading thread ended with ${code}`));
  void promise.then(giveUp);
  return {
    read: promise,
    stop: () => {
      failed('stopped');
      void worker.terminate();
    },
  };
}

// The worker thread behind batch-aside.ts: a long journal must not keep the cashier waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { type BatchesAsked, readUnsettled } from './batch-reading.ts';
import { assert } from './domain/assert.ts';

assert(parentPort, 'batch-worker runs as a worker thread');
parentPort.postMessage(readUnsettled(workerData as BatchesAsked));

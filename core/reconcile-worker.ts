// The worker thread behind reconciling.ts: a long journal must not keep the cashier waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { type BillAsked, compareBill } from './compare-bill.ts';
import { assert } from './domain/assert.ts';

assert(parentPort, 'reconcile-worker runs as a worker thread');
parentPort.postMessage(compareBill(workerData as BillAsked));

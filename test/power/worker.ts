// A share of the moments of one recording, cut in a thread of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { type CutOptions, cutPower } from './cut.ts';
import { readRecording } from './record.ts';

const { recording, options } = workerData as { recording: string; options: CutOptions };
parentPort?.postMessage(cutPower(readRecording(recording), options));

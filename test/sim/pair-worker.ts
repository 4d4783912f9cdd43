// One process of the search over pairs: takes a part, tells what came of it, asks for the next.
import { type PairJob, runPairJob } from './pair-jobs.ts';

process.on('message', (job: PairJob) => process.send?.(runPairJob(job)));
process.send?.('ready');

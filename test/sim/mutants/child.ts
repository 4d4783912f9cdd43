// The child process of one mutant: hunts through the seeds of its command line and prints what it found as one JSON line.
import { hunt } from './hunt.ts';
import { mutantOf } from './table.ts';

const seeds = (process.argv[2] ?? '').split(',').map(Number);
const found = hunt(mutantOf(process.env['YIMA_TEST_MUTANT'] ?? ''), seeds);
process.stdout.write(`${JSON.stringify(found)}\n`);

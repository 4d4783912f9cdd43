// Syncs of one trial run, counted by strace over all its threads.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trialFile } from './trial.ts';

/** What the trial said, and how many syncs it and everything it loaded made. @throws Error without strace. */
export function countSyncs<Result>(
  directory: string,
  name: string,
  input: object,
): { result: Result; syncs: number } {
  const report = join(directory, 'strace.txt');
  const tracing = ['-f', '-c', '-e', 'trace=fsync,fdatasync,sync_file_range', '-o', report];
  const command = [process.execPath, trialFile(name), JSON.stringify(input)];
  const text = execFileSync('strace', [...tracing, ...command], { encoding: 'utf8' });
  const syncs = readFileSync(report, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => /^(fsync|fdatasync|sync_file_range)$/.test(fields.at(-1) ?? ''))
    .reduce((sum, fields) => sum + Number(fields[3]), 0);
  return { result: JSON.parse(text) as Result, syncs };
}

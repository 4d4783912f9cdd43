// Commits of paid sales, in turns with raw syncs, as the running core makes them: real engine, real store, no devices.
import { join } from 'node:path';
import type { Commit } from '../../core/ports/journal.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { type DrivenTill, openDrivenTill } from '../../fixtures/databases/till.ts';
import { payOnce } from '../support/payment.ts';
import { openRawFile } from '../support/raw-sync.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

/** The three commits between the scan of a code and "paid"; the others of a sale are told together. */
export type CommitKind = 'enqueue' | 'mark sent' | 'answer' | 'other';
export type CommitSamples = Record<CommitKind | 'raw', number[]>;
export type CommitInput = {
  directory: string;
  rounds: number;
  payments: number;
  warmPayments: number;
  seed: number;
};

const RAW_per_payment = 3;

const noSamples = (): CommitSamples => ({ enqueue: [], 'mark sent': [], answer: [], other: [], raw: [] });

function kindOf({ records }: Commit): CommitKind {
  if (records.some(({ type }) => type === 'payment.opened')) return 'enqueue';
  return records.some(({ type }) => type === 'payment.moved') ? 'answer' : 'other';
}

/** Times the store's two ways to write, in place: the engine uses this very object. */
function timeStore({ store }: DrivenTill, note: (kind: CommitKind, took_ms: number) => void): void {
  const { commit, markSent } = store;
  const timed = <Result>(kind: CommitKind, write: () => Result): Result => {
    const started_ms = performance.now();
    const result = write();
    note(kind, performance.now() - started_ms);
    return result;
  };
  store.commit = (one) => timed(kindOf(one), () => commit(one));
  store.markSent = (rowIds) => timed('mark sent', () => markSent(rowIds));
}

function measure({ directory, rounds, payments, warmPayments, seed }: CommitInput): CommitSamples[] {
  const till = openDrivenTill(join(directory, 'state'));
  const raw = openRawFile(directory);
  const codes = codeMaker(seed);
  let samples = noSamples();
  timeStore(till, (kind, took_ms) => samples[kind].push(took_ms));
  for (let index = 0; index < warmPayments; index += 1) payOnce(till, codes.any());
  const measured = Array.from({ length: rounds }, () => {
    samples = noSamples();
    for (let index = 0; index < payments; index += 1) {
      for (let count = 0; count < RAW_per_payment; count += 1) samples.raw.push(raw.sync());
      payOnce(till, codes.any());
    }
    return samples;
  });
  raw.close();
  till.close();
  return measured;
}

trialResult({ rounds: measure(trialInput<CommitInput>()) });

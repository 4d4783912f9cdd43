// Which batches of one gateway are to be settled, by the journal on the disk. Runs in a thread of its own.
import { openReader } from '../db/read.ts';
import { type BatchesDue, nextRound, unsettledBatches } from './batch-due.ts';
import { readBatches } from './batch-items.ts';
import type { BatchParty } from './batch-journal.ts';

/** `again`: batches that differed and are asked about once more. `refused`: not to be asked about. `only`: this one and no other; null: all. */
export type BatchesAsked = {
  stateDirectory: string;
  party: BatchParty;
  again: readonly string[];
  refused: readonly string[];
  only: string | null;
};

export type BatchesRead = ({ ok: true } & BatchesDue) | { ok: false; detail: string };

export function readUnsettled({ stateDirectory, party, again, refused, only }: BatchesAsked): BatchesRead {
  try {
    const reader = openReader(stateDirectory);
    try {
      const all = unsettledBatches(readBatches(reader.records(0), party), new Set(again));
      const wanted = only === null ? all : all.filter(({ batchNo }) => batchNo === only);
      return { ok: true, ...nextRound(wanted, new Set(refused)) };
    } finally {
      reader.close();
    }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

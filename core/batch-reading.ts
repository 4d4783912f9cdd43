// Which batches of one gateway are to be settled, by the journal on the disk. Runs in a thread of its own.
import { openReader } from '../db/read.ts';
import { readBatches, type Unsettled, unsettledBatches } from './batch-items.ts';

/** `again`: batches that differed and are asked about once more. */
export type BatchesAsked = { stateDirectory: string; routeId: string; again: readonly string[] };

export type BatchesRead = { ok: true; batches: Unsettled[] } | { ok: false; detail: string };

export function readUnsettled({ stateDirectory, routeId, again }: BatchesAsked): BatchesRead {
  try {
    const reader = openReader(stateDirectory);
    try {
      const reading = readBatches(reader.records(0), routeId);
      return { ok: true, batches: unsettledBatches(reading, new Set(again)) };
    } finally {
      reader.close();
    }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

// Which batches of a journal are over, which of those are to be settled, and which of these in one round. What came first is told by the
// journal's sequence: one day with a wrong clock must not make a batch the newest for years.
import type { Batch, BatchReading } from './batch-items.ts';

/**
 * All but the newest, whatever day it is: the terminal may go on in it. The one that began last and the one heard of last are mostly the same; a
 * payment that was in doubt for a day makes them two. Oldest first.
 */
export function closedBatches(batches: ReadonlyMap<string, Batch>): Batch[] {
  const all = [...batches.values()];
  const begun = Math.max(...all.map(({ first }) => first.sequence));
  const heard = Math.max(...all.map(({ last }) => last.sequence));
  return all
    .filter(({ first, last }) => first.sequence < begun && last.sequence < heard)
    .toSorted((a, b) => a.first.sequence - b.first.sequence);
}

/** `waits`: payments, voids and refunds without a result that may be of it. `since_ms`: when the next batch began. */
export type Unsettled = Batch & { waits: number; since_ms: number; hasDiffered: boolean };

/** What is told of one that is not asked about: nothing of its items. */
export type Unasked = Pick<Unsettled, 'batchNo' | 'waits' | 'since_ms' | 'hasDiffered'>;

const DAY_ms = 24 * 3_600_000;
/** An acquirer may know nothing of one that has been over for longer, and the manager can do nothing about it. */
const OVER_longest_ms = 35 * DAY_ms;

/** About now, by the batches themselves: of the newest three, one may have had a wrong clock. */
function newest_ms(inOrder: readonly Batch[]): number {
  const begins_ms = inOrder.slice(-3).map(({ first }) => first.at_ms);
  return begins_ms.toSorted((a, b) => a - b).at(-2) ?? Number.NEGATIVE_INFINITY;
}

/** Those that are over and that the acquirer has not agreed with, oldest first; of those that differed only `again`, and last. */
export function unsettledBatches(reading: BatchReading, again: ReadonlySet<string>): Unsettled[] {
  const { batches, answers, askedAt } = reading;
  const inOrder = [...batches.values()].toSorted((a, b) => a.first.sequence - b.first.sequence);
  const now_ms = newest_ms(inOrder);
  const isDue = ({ batchNo }: Batch): boolean =>
    !answers.has(batchNo) || (answers.get(batchNo)?.outcome === 'differs' && again.has(batchNo));
  return closedBatches(batches)
    .filter(isDue)
    .flatMap((batch) => {
      const next = inOrder.find(({ first }) => first.sequence > batch.first.sequence) ?? batch;
      if (now_ms - Math.max(next.first.at_ms, batch.last.at_ms) > OVER_longest_ms) return [];
      // What was opened before the next batch began may be of this one.
      const payments = askedAt.filter((sequence) => sequence < next.first.sequence).length;
      const hasDiffered = answers.has(batch.batchNo);
      return [{ ...batch, since_ms: next.first.at_ms, waits: batch.goingBack + payments, hasDiffered }];
    })
    .toSorted((a, b) => Number(a.hasDiffered) - Number(b.hasDiffered));
}

/** The first start with such a gateway finds weeks of them. */
const ASKED_most = 20;

/** `due`: all of them. `batches`: to be asked about in this round. */
export type BatchesDue = { due: Unasked[]; batches: Unsettled[] };

/** @param refused not to be asked about: the acquirer has said no. */
export function nextRound(all: readonly Unsettled[], refused: ReadonlySet<string>): BatchesDue {
  const ready = all.filter(({ waits, batchNo }) => waits === 0 && !refused.has(batchNo));
  return {
    due: all.map(({ batchNo, waits, since_ms, hasDiffered }) => ({ batchNo, waits, since_ms, hasDiffered })),
    batches: ready.slice(0, ASKED_most),
  };
}

// `yima batch list`: the batches of a gateway by the till's journal, and what is on record of each; of each terminal that the till has been.
// Asks nobody, writes nothing.
import type { Command } from 'commander';
import { totalsOf } from '../../acquirers/gateway/batch.ts';
import { closedBatches } from '../../core/batch-due.ts';
import { type Batch, type BatchReading, readBatches } from '../../core/batch-items.ts';
import { type BatchTill, tillsIn } from '../../core/batch-journal.ts';
import { DatabaseRefused } from '../../db/errors.ts';
import { openReader } from '../../db/read.ts';
import { BadJournal, type JournalRow } from '../../reconciliation/journal/fields.ts';
import { totalsText } from './batch-text.ts';
import { bad } from './gateway-route.ts';
import { explain, print } from './program.ts';
import { shanghaiText } from './time.ts';

type Options = { state: string; route: string };

/** Reads the records as often as it is asked to. */
type Records = () => Iterable<JournalRow>;

function withJournal<Found>(state: string, read: (records: Records) => Found): Found {
  const reader = openReader(state);
  try {
    return read(() => reader.records(0));
  } finally {
    reader.close();
  }
}

/** @throws DatabaseRefused, BadJournal */
export function readingOf(state: string, party: BatchTill): BatchReading {
  return withJournal(state, (records) => readBatches(records(), party));
}

function standing({ batchNo, goingBack }: Batch, { answers, batches }: BatchReading): string {
  const answer = answers.get(batchNo);
  const isOver = closedBatches(batches).some((one) => one.batchNo === batchNo);
  const going = goingBack > 0 ? `, ${goingBack} voids or refunds have no result` : '';
  if (answer === undefined) return `${isOver ? 'not settled' : 'the newest, may be open'}${going}`;
  return answer.outcome === 'agreed'
    ? `agreed, settled ${shanghaiText(answer.settledAt_ms)}`
    : `differs in ${answer.differenceCount}, heard ${shanghaiText(answer.at_ms)}`;
}

function linesOf(reading: BatchReading): string[] {
  return [...reading.batches.values()].flatMap((batch) => [
    `batch ${batch.batchNo}: ${totalsText(totalsOf(batch.items))}`,
    `  ${standing(batch, reading)}`,
  ]);
}

/** The terminal is named where there are more than one. @throws BadJournal */
export function batchLines(records: Records, routeId: string): string[] {
  const found = tillsIn(records(), routeId)
    .map((tillCode) => ({
      name: `terminal ${tillCode}`,
      lines: linesOf(readBatches(records(), { routeId, tillCode, terminalCode: null })),
    }))
    .filter(({ lines }) => lines.length > 0);
  if (found.length === 0) return [`no batch of ${routeId} in the journal`];
  return found.flatMap(({ name, lines }) => (found.length > 1 ? [name, ...lines] : lines));
}

async function run({ state, route }: Options): Promise<void> {
  try {
    for (const line of withJournal(state, (records) => batchLines(records, route))) await print(line);
  } catch (error) {
    if (error instanceof DatabaseRefused) throw bad(explain(error.code, error.message));
    if (error instanceof BadJournal) throw bad(error.message);
    throw error;
  }
}

export function addBatchList(batch: Command): void {
  batch
    .command('list')
    .description('batches of the journal, and what the till has on record of each')
    .requiredOption('--state <dir>', 'state directory of the till')
    .requiredOption('--route <id>', 'which gateway')
    .action(run);
}

// `yima batch list`: the batches of a gateway by the till's journal, and what is on record of each. Asks nobody, writes nothing.
import type { Command } from 'commander';
import { totalsOf } from '../../acquirers/gateway/batch.ts';
import { type Batch, type BatchReading, closedBatches, readBatches } from '../../core/batch-items.ts';
import { DatabaseRefused } from '../../db/errors.ts';
import { openReader } from '../../db/read.ts';
import { BadJournal } from '../../reconciliation/journal/fields.ts';
import { totalsText } from './batch-text.ts';
import { bad } from './gateway-route.ts';
import { explain, print } from './program.ts';
import { shanghaiText } from './time.ts';

type Options = { state: string; route: string };

/** @throws DatabaseRefused, BadJournal */
export function readingOf({ state, route }: Options): BatchReading {
  const reader = openReader(state);
  try {
    return readBatches(reader.records(0), route);
  } finally {
    reader.close();
  }
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

async function run(options: Options): Promise<void> {
  try {
    const reading = readingOf(options);
    if (reading.batches.size === 0) await print(`no batch of ${options.route} in the journal`);
    for (const batch of reading.batches.values()) {
      await print(`batch ${batch.batchNo}: ${totalsText(totalsOf(batch.items))}`);
      await print(`  ${standing(batch, reading)}`);
    }
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

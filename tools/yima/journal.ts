// `yima journal verify` and `yima journal export`: the journal from outside, beside a running core or without one.
import type { Command } from 'commander';
import { openReader } from '../../db/read.ts';
import { type Verification, verifyStateDirectory } from '../../db/verify.ts';
import { print, Refused } from './program.ts';

function verdictOf({ fault, differences, records }: Verification): string {
  const lines = fault === null ? [] : [`record ${fault.sequence} is ${fault.problem}: ${fault.detail}`];
  return [`BROKEN after ${records} sound records`, ...lines, ...differences].join('\n');
}

async function verify({ state, json }: { state: string; json: boolean }): Promise<void> {
  const found = verifyStateDirectory(state);
  if (json) await print(JSON.stringify(found));
  else if (found.ok) {
    await print(
      `sound: ${found.records} records, head ${found.head.slice(0, 8)} (printed on the receipts), projections equal`,
    );
  }
  if (!found.ok) throw new Refused(verdictOf(found));
}

async function exportAll({ state, after }: { state: string; after: string }): Promise<void> {
  const first = Number(after);
  if (!Number.isSafeInteger(first) || first < 0) throw new Refused('--after must be the number of a record');
  const reader = openReader(state);
  try {
    for (const row of reader.records(first)) {
      const { body, ...rest } = row;
      await print(JSON.stringify({ ...rest, body: JSON.parse(body) as unknown }));
    }
  } finally {
    reader.close();
  }
}

export function addJournalCommands(program: Command): void {
  const journal = program.command('journal').description('the append-only journal');
  journal
    .command('verify')
    .description(
      'check the chain, the head file and the projections; exit 1 and the first bad record when broken',
    )
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'the verdict as JSON', false)
    .action(verify);
  journal
    .command('export')
    .description('all records as JSON lines; they hold no payment code, only masks')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--after <record>', 'only records after this one', '0')
    .action(exportAll);
}

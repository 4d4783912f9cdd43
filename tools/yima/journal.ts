// `yima journal verify` and `yima journal export`: the journal from outside, beside a running core or without one; and an
// incident's file, with the recorded inputs.
import type { Command } from 'commander';
import type { JournalRow } from '../../db/chain.ts';
import { type SalvageEnd, soundRecords } from '../../db/salvage.ts';
import { openForExport } from '../../db/salvage-open.ts';
import { type Verification, verifyStateDirectory } from '../../db/verify.ts';
import { type Written, writeIncident } from '../replay/write-incident.ts';
import { assertNew, notWritten } from './new-file.ts';
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

async function writeTo(state: string, out: string, from: number): Promise<Written> {
  try {
    return await writeIncident(state, out, from);
  } catch (error) {
    throw notWritten(out, error);
  }
}

/** What could be read is written; what could not is told, and is in the file, too. */
async function exportIncident(state: string, out: string, from: number): Promise<void> {
  assertNew(state, out);
  const { records, inputs, head, problems } = await writeTo(state, out, from);
  const text = `${out}: ${records} records, head ${head.slice(0, 8) || 'none'}, ${inputs} lines of inputs`;
  if (problems.length === 0) return print(text);
  throw new Refused([text, ...problems.map((problem) => `not exported: ${problem}`)].join('\n'));
}

type ExportOptions = { state: string; after?: string; out?: string; from?: string };

function recordNumber(option: string, text: string): number {
  const record = Number(text);
  if (Number.isSafeInteger(record) && record >= 0) return record;
  throw new Refused(`${option} must be the number of a record`);
}

async function exportAll({ state, after, out, from }: ExportOptions): Promise<void> {
  if (out === undefined && from !== undefined) throw new Refused('--from belongs to --out');
  if (out !== undefined && after !== undefined)
    throw new Refused('--after or --out, not both: a replay needs all records');
  if (out !== undefined) return exportIncident(state, out, recordNumber('--from', from ?? '0'));
  const first = recordNumber('--after', after ?? '0');
  const end = await exportSound(state, first);
  if (end !== null) throw new Refused(end);
}

async function printSound(records: Generator<JournalRow, SalvageEnd>, first: number): Promise<SalvageEnd> {
  for (;;) {
    const next = records.next();
    if (next.done === true) return next.value;
    const { body, ...rest } = next.value;
    if (rest.sequence > first) await print(JSON.stringify({ ...rest, body: JSON.parse(body) as unknown }));
  }
}

/** Every record of a chain that holds is printed; then why it ends, if it should not: null when all is there. */
async function exportSound(state: string, first: number): Promise<string | null> {
  const unreadable: string[] = [];
  const { sql, head, close } = openForExport(state, (problem) => unreadable.push(problem));
  try {
    const { sequence, problem } = await printSound(soundRecords(sql), first);
    const held = `the chain holds up to record ${sequence}`;
    const nothing = ['the file head says nothing', ...unreadable].join(', ');
    const written = head === null ? nothing : `record ${head.sequence} was written`;
    if (problem !== null) return `${held}: ${problem}; ${written}`;
    if (unreadable.length > 0) return `${held}; ${written}`;
    return head !== null && head.sequence > sequence ? `${held}; ${written}: its tail is lost` : null;
  } finally {
    close();
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
    .option('--after <record>', 'only records after this one')
    .option('--out <file>', 'all records and the recorded inputs in one new file, for `yima replay`')
    .option('--from <record>', 'with --out: no inputs of long before this record')
    .action(exportAll);
}

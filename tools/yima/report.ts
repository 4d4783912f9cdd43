// `yima report list` and `yima report show`: the X and Z that the journal holds, from the state directory alone, also beside
// a running core.
import type { Command } from 'commander';
import type { Report } from '../../contract/report.ts';
import { yuanText } from '../../core/domain/money.ts';
import { openReader } from '../../db/read.ts';
import { print, Refused } from './program.ts';
import { csvOf, figuresOf, textOf } from './report-figures.ts';
import { restoredLines } from './report-restored.ts';
import { shanghaiText } from './time.ts';

type Taken = { number: string; sequence: number; report: Report };
type ShowOptions = { state: string; json: boolean; csv: boolean };

/** `Z000001`: the number that stands on the paper. */
function numberOf({ kind, zNumber, xNumber }: Report): string {
  return `${kind.toUpperCase()}${String(kind === 'z' ? zNumber : (xNumber ?? 0)).padStart(6, '0')}`;
}

/** All that were taken, oldest first. */
function reportsIn(state: string): Taken[] {
  const reader = openReader(state);
  try {
    return reader.reports().map((row) => {
      const { report } = JSON.parse(row.body) as { report: Report };
      return { number: numberOf(report), sequence: row.sequence, report };
    });
  } finally {
    reader.close();
  }
}

async function list({ state, json }: { state: string; json: boolean }): Promise<void> {
  const taken = reportsIn(state);
  for (const { number, sequence, report } of taken) {
    const { kind, businessDate, takenAt_ms, operatorId, net_fen } = report;
    const row = { number, kind, sequence, businessDate, takenAt_ms, operatorId, net_fen };
    const text = [number, businessDate ?? '-', shanghaiText(takenAt_ms), operatorId, yuanText(net_fen)];
    await print(json ? JSON.stringify(row) : text.join('  '));
  }
  if (!json) await print(`${taken.length} reports`);
}

/** `Z1`, `z000001` and `Z000001` are one. */
function wantedNumber(text: string): string {
  const [, letter = '', digits = ''] = /^([xz])0*(\d{1,9})$/i.exec(text.trim()) ?? [];
  if (digits === '') throw new Refused(`${text} is no number of a report: Z1 or X12, say`);
  return `${letter.toUpperCase()}${digits.padStart(6, '0')}`;
}

async function show(text: string, { state, json, csv }: ShowOptions): Promise<void> {
  if (json && csv) throw new Refused('--json or --csv, not both');
  const number = wantedNumber(text);
  const found = reportsIn(state).find((one) => one.number === number);
  if (!found) throw new Refused(`there is no report ${number}; \`yima report list\` shows what there is`);
  if (json) return print(JSON.stringify(found.report, null, 2));
  const figures = figuresOf(found.report);
  await print(csv ? csvOf(figures) : textOf([number, ...restoredLines(found.report)], figures));
}

export function addReportCommands(program: Command): void {
  const report = program.command('report').description('the X and Z reports that were taken');
  report
    .command('list')
    .description('number, business date, when, by whom, net; oldest first')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'JSON lines', false)
    .action(list);
  report
    .command('show')
    .description('one report, every figure of it')
    .argument('<number>', 'Z1, X12 ...')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'as the journal holds it', false)
    .option('--csv', 'one row per figure: section,field,key,count,amount_fen', false)
    .action(show);
}

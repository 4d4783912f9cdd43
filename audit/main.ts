#!/usr/bin/env node
// The second computation from the command line: reads an export of a journal, recomputes every report in it, names what differs.
// 0: all is the same; 1: something is not, or the export can't be read; 64: wrong usage.
import { parseArgs } from 'node:util';
import { type Audit, type Compared, createAudit } from './audit.ts';
import { readRows } from './reading.ts';

const USAGE =
  'usage: node audit/main.ts FILE|- [--json]   (FILE: from `yima journal export`; -: standard input)';
const EXIT_DIFFERS = 1;
const EXIT_USAGE = 64;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function arranged(args: readonly string[]): { file: string; json: boolean } | string {
  try {
    const options = { json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return 'one file is needed';
    return { file, json: values.json ?? false };
  } catch (error) {
    return messageOf(error);
  }
}

function told({ kind, number, sequence, differences }: Compared): string[] {
  const name = `${kind.toUpperCase()} ${number} (record ${sequence})`;
  if (differences.length === 0) return [`${name} same`];
  return differences.map((each) => {
    const [, path = each, journal = '', recomputed = ''] = /^(.*?): (.*) != (.*)$/s.exec(each) ?? [];
    return `${name} DIFFERS ${path}: journal ${journal}, recomputed ${recomputed}`;
  });
}

function verdictOf({ faults, records, reports }: Audit): string {
  if (records === 0) return 'AUDIT FAILED: the export holds no record';
  if (faults.length === 0) return `AUDIT OK: ${records} records, ${reports.length} reports`;
  const differing = reports.filter((each) => each.differences.length > 0).length;
  return `AUDIT FAILED: ${faults.length} faults, ${differing} of ${reports.length} reports differ, ${records} records`;
}

async function run(file: string, json: boolean): Promise<boolean> {
  const audit = createAudit();
  for await (const row of readRows(file)) audit.take(row);
  const { faults, records, reports } = audit;
  const isSound = faults.length === 0 && records > 0;
  const lines = json
    ? [JSON.stringify({ ok: isSound, records, reports, faults })]
    : [...reports.flatMap(told), ...faults, verdictOf(audit)];
  process.stdout.write(`${lines.join('\n')}\n`);
  return isSound;
}

const wanted = arranged(process.argv.slice(2));
if (typeof wanted === 'string') {
  process.stderr.write(`${wanted}\n${USAGE}\n`);
  process.exitCode = EXIT_USAGE;
} else {
  try {
    process.exitCode = (await run(wanted.file, wanted.json)) ? 0 : EXIT_DIFFERS;
  } catch (error) {
    process.stderr.write(`AUDIT FAILED: ${messageOf(error)}\n`);
    process.exitCode = EXIT_DIFFERS;
  }
}

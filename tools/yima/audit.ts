// `yima audit`: the second computation over a till's own journal, beside a running core or without one.
import type { Command } from 'commander';
import { type Compared, createAudit } from '../../audit/audit.ts';
import { openReader } from '../../db/read.ts';
import { print, Refused } from './program.ts';

function told({ kind, number, sequence, differences }: Compared): string {
  const name = `${kind.toUpperCase()} ${number} (record ${sequence})`;
  if (differences.length === 0) return `${name} same`;
  return [`${name} DIFFERS`, ...differences.map((each) => `  ${each}`)].join('\n');
}

async function run({ state, json }: { state: string; json: boolean }): Promise<void> {
  const audit = createAudit();
  const reader = openReader(state);
  try {
    for (const row of reader.records(0)) audit.take(row);
  } finally {
    reader.close();
  }
  const { faults, records, reports } = audit;
  const isSound = faults.length === 0 && records > 0;
  if (json) await print(JSON.stringify({ ok: isSound, records, reports, faults }));
  else for (const report of reports) await print(told(report));
  if (!isSound) {
    throw new Refused(
      ['AUDIT FAILED', ...faults, `${faults.length} faults in ${records} records`].join('\n'),
    );
  }
  if (!json) await print(`AUDIT OK: ${records} records, ${reports.length} reports`);
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('recompute every report of the journal by the second program; exit 1 when anything differs')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'the verdict as JSON', false)
    .action(run);
}

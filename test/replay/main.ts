// node test/replay/main.ts [--seeds 1..30] [--days 4] [--sales 25] [--kind whole|ring|cut]: recorded days, done again.
import { parseArgs } from 'node:util';
import { checkIncident } from './check-incident.ts';
import { isKind, type Kind, kinds } from './incident-maker.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1..30' },
    days: { type: 'string', default: '4' },
    sales: { type: 'string', default: '25' },
    kind: { type: 'string' },
  },
});

const [, first = '', last = first] = /^(\d+)(?:\.\.(\d+))?$/.exec(values.seeds) ?? [];
if (first === '') throw new Error(`--seeds ${values.seeds}: 7, or 1..30`);
const wanted = values.kind;
if (wanted !== undefined && !isKind(wanted)) throw new Error(`--kind ${kinds.join(', ')}`);
const [days, sales] = [Number(values.days), Number(values.sales)];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const kindOf = (seed: number): Kind => wanted ?? kinds[seed % kinds.length] ?? 'whole';

const total = { inputs: 0, records: 0, starts: 0, cuts: 0, missing: 0 };
const failed: string[] = [];
for (let seed = Number(first); seed <= Number(last); seed += 1) {
  const kind = kindOf(seed);
  const { made, replayed, problems } = await checkIncident({ seed, kind, days, sales });
  const { inputs, records, head, notes } = replayed;
  total.inputs += inputs;
  total.records += records;
  total.starts += made.starts;
  total.cuts += made.cuts;
  total.missing += head.sequence - records;
  say(
    `seed ${seed} ${kind}: ${inputs} inputs, ${records} of ${head.sequence} records, ${notes.length} notes`,
  );
  for (const problem of problems) say(`  ${problem}`);
  if (problems.length > 0)
    failed.push(`node test/replay/main.ts --seeds ${seed} --kind ${kind} --days ${days} --sales ${sales}`);
}
const { inputs, records, starts, cuts, missing } = total;
const figures =
  `${inputs} inputs made ${records} records again, ${starts} starts, ${cuts} torn ends, ` +
  `${missing} records without inputs`;
if (failed.length === 0) say(`REPLAY SWEEP OK: ${figures}`);
else {
  say(`REPLAY SWEEP FAILED: ${failed.length}\n${failed.join('\n')}`);
  process.exitCode = 1;
}

// One incident from its day to its verdict: recorded, exported, read back, done again, compared.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIncident } from '../../tools/replay/read-incident.ts';
import { replay, type Replayed } from '../../tools/replay/replay.ts';
import { writeIncident } from '../../tools/replay/write-incident.ts';
import { makeDirectory } from '../month/directory.ts';
import { type Kind, type Made, makeIncident } from './incident-maker.ts';

export type Checked = { made: Made; replayed: Replayed; problems: string[] };

/** A recording that lost nothing explains every record; whatever it lost, the head is the journal's. */
function problemsOf(kind: Kind, { day }: Made, replayed: Replayed, journalHead: string): string[] {
  const { difference, records, head, notes } = replayed;
  return [
    ...(day.ok ? [] : [`the day itself failed: ${day.difference}`]),
    ...(difference === null ? [] : [`${difference.place} (${difference.input}): ${difference.what}`]),
    ...(head.hash === journalHead ? [] : [`the replay ends at ${head.sequence} ${head.hash.slice(0, 8)}`]),
    ...(kind === 'whole' && (records !== head.sequence || notes.length > 0) ? ['a record has no input'] : []),
    ...(records === 0 ? ['no record was made again'] : []),
  ];
}

export async function checkIncident(options: {
  seed: number;
  kind: Kind;
  days: number;
  sales: number;
}): Promise<Checked> {
  const directory = makeDirectory();
  const made = makeIncident({ ...options, directory });
  const file = join(directory, 'incident.gz');
  const { head, problems } = await writeIncident(made.stateDirectory, file);
  const replayed = replay(await readIncident(file), { directory: join(directory, 'scratch') });
  const found = [...problems, ...problemsOf(options.kind, made, replayed, head)];
  if (found.length === 0) rmSync(directory, { recursive: true });
  else found.push(`kept in ${directory}`);
  return { made, replayed, problems: found };
}

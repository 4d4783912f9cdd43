// What a state directory has recorded, done again: for the judges of other tests, after any crash. The core must have ended.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '../../tools/replay/replay.ts';
import { collectIncident } from '../../tools/replay/write-incident.ts';
import { makeDirectory } from '../month/directory.ts';

/** None where nothing was recorded: the journal of a till that never ran. */
export function replayProblems(stateDirectory: string): string[] {
  const incident = collectIncident(stateDirectory);
  if (incident.inputs.length === 0) return [];
  const directory = makeDirectory();
  try {
    const { difference, head, records } = replay(incident, { directory: join(directory, 'scratch') });
    const { length } = incident.rows;
    return [
      ...incident.problems.map((problem) => `export: ${problem}`),
      ...(difference === null
        ? []
        : [`replay: ${difference.place} (${difference.input}): ${difference.what}`]),
      ...(head.sequence === length ? [] : [`replay: ends at record ${head.sequence} of ${length}`]),
      ...(length > 0 && records === 0 ? ['replay: no record was made again'] : []),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

// `yima replay`: does again what a till recorded, and compares each record with its journal (docs/replay.md).
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readIncident } from '../replay/read-incident.ts';
import { type Difference, type Replayed, replay } from '../replay/replay.ts';
import { storyLine } from '../replay/story.ts';
import { print, Refused } from './program.ts';

function wantedRecord(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const record = Number(text);
  if (!Number.isSafeInteger(record) || record < 1) throw new Refused('--to must be the number of a record');
  return record;
}

/** In memory where there is such a place: nothing of it is kept. */
function makeDirectory(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'yima-replay-'));
}

function differenceText({ place, input, what, journal, replayed }: Difference): string {
  return [
    `REPLAY DIFFERS at ${place} (${input}): ${what}`,
    `  journal:  ${journal}`,
    `  replayed: ${replayed}`,
  ].join('\n');
}

function verdictOf({ inputs, records, head }: Replayed): string {
  return `REPLAY OK: ${inputs} inputs, ${records} records, head ${head.sequence} ${head.hash.slice(0, 8)}`;
}

async function run(file: string, { to, story }: { to?: string; story: boolean }): Promise<void> {
  const last = wantedRecord(to);
  const incident = await readIncident(file);
  for (const problem of incident.problems) await print(`not exported: ${problem}`);
  const lines: string[] = [];
  const directory = makeDirectory();
  try {
    const replayed = replay(incident, {
      directory,
      ...(last === undefined ? {} : { to: last }),
      ...(story ? { tell: (told) => void lines.push(storyLine(told)) } : {}),
    });
    for (const line of [...lines, ...replayed.notes]) await print(line);
    if (replayed.difference !== null) throw new Refused(differenceText(replayed.difference));
    await print(verdictOf(replayed));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description(
      "do again what a till recorded, by this program, and compare each record with the till's journal",
    )
    .argument('<file>', 'from `yima journal export --out`')
    .option('--to <record>', 'no further than this record of the journal')
    .option('--story', 'a line an input: when, what, what it changed, what was to be done', false)
    .action(run);
}

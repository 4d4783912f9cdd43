// Writes an incident's file from a state directory: beside a running core, without one, and as far as a damaged one can be read.
import { createWriteStream, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { JournalRow } from '../../db/chain.ts';
import { inputFileNames, INPUTS_FOLDER } from '../../db/input-files.ts';
import { openReader } from '../../db/read.ts';
import { systemClock } from '../../core/system.ts';
import { isoFromMs } from '../../core/domain/time.ts';
import { type Incident, INCIDENT_FORMAT, type IncidentLine, type RecordedText } from './incident.ts';
import { isBase, parseRecorded } from './recorded.ts';

export type Written = { records: number; inputs: number; head: string; problems: string[] };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Read before the journal: each of its lines then has its records there. */
function readInputs(state: string, problems: string[]): RecordedText[] {
  const folder = join(state, INPUTS_FOLDER);
  if (!existsSync(folder)) {
    problems.push(`${folder} is not there: nothing was recorded`);
    return [];
  }
  return inputFileNames(folder).flatMap((file) => {
    try {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n');
      return lines.flatMap((text, index) => (text === '' ? [] : [{ file, line: index + 1, text }]));
    } catch (error) {
      // The oldest may leave the ring just now.
      problems.push(`${file}: ${messageOf(error)}`);
      return [];
    }
  });
}

/** From the last start or new file that lies at or before this record: a replay can begin there only. */
function since(inputs: RecordedText[], from: number): RecordedText[] {
  const first = parseRecorded(inputs).findLastIndex(
    ({ line }) => line !== null && isBase(line) && line.head.sequence <= from,
  );
  return inputs.slice(Math.max(first, 0));
}

function* journalRows(state: string, written: Written): Generator<JournalRow> {
  try {
    const reader = openReader(state);
    try {
      for (const row of reader.records(0)) {
        written.records += 1;
        written.head = row.hash;
        yield row;
      }
    } finally {
      reader.close();
    }
  } catch (error) {
    written.problems.push(`the journal after record ${written.records}: ${messageOf(error)}`);
  }
}

function* allLines(state: string, from: number, written: Written): Generator<IncidentLine> {
  const exportedAt = isoFromMs(systemClock().wall_ms());
  yield { kind: 'incident', format: INCIDENT_FORMAT, exportedAt };
  const inputs = since(readInputs(state, written.problems), from);
  for (const row of journalRows(state, written)) yield { kind: 'record', ...row };
  for (const one of inputs) yield { kind: 'input', ...one };
  written.inputs = inputs.length;
  for (const problem of written.problems) yield { kind: 'problem', problem };
  yield { kind: 'end', records: written.records, inputs: inputs.length };
}

/** The same without a file between. */
export function collectIncident(state: string): Incident {
  const written: Written = { records: 0, inputs: 0, head: '', problems: [] };
  const inputs = readInputs(state, written.problems);
  const rows = [...journalRows(state, written)];
  return { rows, inputs, problems: written.problems };
}

/**
 * `from`: inputs of long before this record are left out. Nothing that can't be read stops it: that is among the problems.
 * `out` is made anew, whole or not at all. @throws Error when it is there already, or can't be written.
 */
export async function writeIncident(state: string, out: string, from = 0): Promise<Written> {
  const written: Written = { records: 0, inputs: 0, head: '', problems: [] };
  function* texts(): Generator<string> {
    for (const line of allLines(state, from, written)) yield `${JSON.stringify(line)}\n`;
  }
  const handle = openSync(out, 'wx', 0o600);
  try {
    await pipeline(Readable.from(texts()), createGzip(), createWriteStream(out, { fd: handle }));
  } catch (error) {
    rmSync(out, { force: true });
    throw error;
  }
  return written;
}
